-- Taking a list out of the house is a right of its own, within the reach of reading it.
insert into people.role_permission (role, permission, scope) values
  ('dispatcher', 'case.export', 'district'),
  ('supervisor', 'case.export', 'district'),
  ('leader', 'case.export', 'area');
