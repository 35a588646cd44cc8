-- A wall without a signed-in account: a link opens one screen of one area. Like a key and a participant's link it is a post (docs/decisions/0018, 0040), with a
-- role that nobody else holds. Counting cases and reading the board are rights of their own, so that a wall shows numbers and opens no case.
insert into people.role (code, name) values
  ('wall_screen', '{"zh": "大屏", "en": "Wall display"}');

-- Whoever reads cases may count them, and whoever reads figures reads the board made of them.
insert into people.role_permission (role, permission, scope) select role, 'case.count', scope from people.role_permission where permission = 'case.read';
insert into people.role_permission (role, permission, scope) select role, 'board.read', scope from people.role_permission where permission = 'figures.read';
insert into people.role_permission (role, permission, scope) values
  ('wall_screen', 'case.count', 'area'),
  ('wall_screen', 'board.read', 'area'),
  ('leader', 'screen.share', 'area'),
  ('supervisor', 'screen.share', 'district'),
  ('system_admin', 'screen.share', 'city');
