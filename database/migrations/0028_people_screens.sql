-- A wall without a signed-in account: a link opens one screen of one area. Like a key and a participant's link it is a post (docs/decisions/0018, 0038), with a
-- role that nobody else holds. Counting cases and reading the board are rights of their own, so that a wall shows numbers and opens no case.
insert into people.role (code, name) values
  ('wall_screen', '{"zh": "大屏", "en": "Wall display"}');

-- Whoever reads cases may count them as far, and whoever reads figures reads the board made of them.
insert into people.role_permission (role, permission, scope) values
  ('grid_worker', 'case.count', 'area'),
  ('grid_worker', 'case.count', 'organisation'),
  ('handler', 'case.count', 'organisation'),
  ('inspector', 'case.count', 'area'),
  ('dispatcher', 'case.count', 'district'),
  ('supervisor', 'case.count', 'district'),
  ('leader', 'case.count', 'area'),
  ('department_system', 'case.count', 'organisation'),
  ('participant', 'case.count', 'organisation'),
  ('handler', 'board.read', 'organisation'),
  ('inspector', 'board.read', 'area'),
  ('dispatcher', 'board.read', 'district'),
  ('supervisor', 'board.read', 'district'),
  ('leader', 'board.read', 'area'),
  ('wall_screen', 'case.count', 'area'),
  ('wall_screen', 'board.read', 'area'),
  ('leader', 'screen.share', 'area'),
  ('supervisor', 'screen.share', 'district'),
  ('system_admin', 'screen.share', 'city');
