-- Whoever appoints people chooses the area of a post from the list of areas.
insert into people.role_permission (role, permission, scope) values
  ('security_admin', 'territory.read', 'city');
