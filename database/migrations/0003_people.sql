-- Who works here: organisations (lines and blocks), persons, posts, roles with their permissions, accounts and sessions, looks at personal data.
create schema people;

-- 条 (line: a function, wherever it is) and 块 (block: a territory, whatever happens in it).
create table people.organisation (
  id uuid not null,
  code text not null,
  name jsonb not null,
  kind text not null,
  line_or_block text not null,
  function_code text,
  area_code text not null,
  parent_id uuid,
  valid_from date not null,
  valid_to date,
  constraint organisation_pkey primary key (id),
  constraint organisation_code_once unique (code),
  constraint organisation_parent_known foreign key (parent_id) references people.organisation (id),
  constraint organisation_kind_known check (kind in ('command_centre', 'department', 'street_office', 'community', 'joint_team', 'party_organisation', 'mass_organisation', 'social_organisation', 'enterprise')),
  constraint organisation_line_or_block_known check (line_or_block in ('line', 'block')),
  constraint organisation_area_code_digits check (area_code ~ '^\d{0,15}$'),
  constraint organisation_name_has_chinese check (name ->> 'zh' is not null),
  constraint organisation_period_forward check (valid_to >= valid_from)
);
--@reference
create index organisation_area on people.organisation (area_code);

-- Staff only; residents have no row here. `sample` marks invented persons of the demonstration city.
create table people.person (
  id uuid not null,
  code text not null,
  name text not null,
  sample boolean not null default false,
  constraint person_pkey primary key (id),
  constraint person_code_once unique (code)
);
--@reference

create table people.account (
  id uuid not null,
  person_id uuid not null,
  login text not null,
  password_hash text not null,
  password_changed_at timestamptz(3) not null,
  must_change_password boolean not null,
  failed_attempts smallint not null default 0,
  locked_until timestamptz(3),
  constraint account_pkey primary key (id),
  constraint account_login_once unique (login),
  constraint account_person_once unique (person_id),
  constraint account_person_known foreign key (person_id) references people.person (id),
  constraint account_login_shape check (login ~ '^[a-z0-9][a-z0-9._-]{1,63}$')
);
--@reference

create table people.role (
  code text not null,
  name jsonb not null,
  constraint role_pkey primary key (code)
);
--@reference

-- Scope: `city` everywhere; `district` the district of the post; `area` inside the area of the post; `organisation` what the post's organisation holds.
create table people.role_permission (
  role text not null,
  permission text not null,
  scope text not null,
  constraint role_permission_pkey primary key (role, permission, scope),
  constraint role_permission_role_known foreign key (role) references people.role (code),
  constraint role_permission_scope_known check (scope in ('city', 'district', 'area', 'organisation'))
);
--@reference

-- A post is the only source of rights. In force from `valid_from` until the day before `valid_to`; an empty area code covers every area.
create table people.post (
  id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  role text not null,
  area_code text not null,
  valid_from date not null,
  valid_to date,
  constraint post_pkey primary key (id),
  constraint post_once unique (person_id, organisation_id, role, area_code, valid_from),
  constraint post_person_known foreign key (person_id) references people.person (id),
  constraint post_organisation_known foreign key (organisation_id) references people.organisation (id),
  constraint post_role_known foreign key (role) references people.role (code),
  constraint post_area_code_digits check (area_code ~ '^\d{0,15}$'),
  constraint post_period_forward check (valid_to >= valid_from)
);
--@reference
create index post_organisation on people.post (organisation_id);

-- A signed-in browser. The token itself is only in the cookie; here is its SHA-256.
create table people.session (
  token_hash text not null,
  account_id uuid not null,
  created_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  constraint session_pkey primary key (token_hash)
);
--@local
create index session_account on people.session (account_id);
create index session_expires on people.session (expires_at);

-- Who looked at which personal field of which subject (a case, later a resident), for which purpose. The person it is about may read it.
create table people.read_trace (
  district_code text not null,
  id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  field text not null,
  purpose text not null,
  reader_person_id uuid not null,
  reader_post_id uuid,
  request_id text not null,
  read_at timestamptz(3) not null,
  constraint read_trace_pkey primary key (district_code, id)
);
--@distribute
create index read_trace_subject on people.read_trace (district_code, subject_id, read_at);

insert into people.role (code, name) values
  ('grid_worker', '{"zh": "网格员", "en": "Grid worker"}'),
  ('handler', '{"zh": "处置人员", "en": "Handler"}'),
  ('inspector', '{"zh": "核查员", "en": "Inspector"}'),
  ('dispatcher', '{"zh": "派遣员", "en": "Dispatcher"}'),
  ('supervisor', '{"zh": "督查员", "en": "Supervisor"}'),
  ('leader', '{"zh": "分管领导", "en": "Leader"}'),
  ('system_admin', '{"zh": "系统管理员", "en": "System administrator"}'),
  ('security_admin', '{"zh": "安全管理员", "en": "Security administrator"}'),
  ('audit_admin', '{"zh": "审计管理员", "en": "Audit administrator"}');

-- Administrators see no case: whoever runs the accounts has no business in the files.
insert into people.role_permission (role, permission, scope) values
  ('grid_worker', 'case.read', 'area'),
  ('grid_worker', 'case.read', 'organisation'),
  ('grid_worker', 'case.report', 'city'),
  ('grid_worker', 'case.contact', 'area'),
  ('grid_worker', 'case.contact', 'organisation'),
  ('grid_worker', 'case.handle', 'area'),
  ('grid_worker', 'case.handle', 'organisation'),
  ('grid_worker', 'case.return', 'organisation'),
  ('grid_worker', 'case.check', 'area'),
  ('grid_worker', 'person.unmask', 'area'),
  ('grid_worker', 'person.unmask', 'organisation'),
  ('grid_worker', 'assignment.read', 'area'),
  ('grid_worker', 'assignment.read', 'organisation'),
  ('grid_worker', 'territory.read', 'city'),
  ('grid_worker', 'catalogue.read', 'city'),
  ('handler', 'case.read', 'organisation'),
  ('handler', 'case.report', 'city'),
  ('handler', 'case.contact', 'organisation'),
  ('handler', 'case.handle', 'organisation'),
  ('handler', 'case.return', 'organisation'),
  ('handler', 'person.unmask', 'organisation'),
  ('handler', 'assignment.read', 'organisation'),
  ('handler', 'territory.read', 'city'),
  ('handler', 'catalogue.read', 'city'),
  ('inspector', 'case.read', 'area'),
  ('inspector', 'case.report', 'city'),
  ('inspector', 'case.check', 'area'),
  ('inspector', 'person.unmask', 'area'),
  ('inspector', 'assignment.read', 'area'),
  ('inspector', 'territory.read', 'city'),
  ('inspector', 'catalogue.read', 'city'),
  ('dispatcher', 'case.read', 'district'),
  ('dispatcher', 'case.report', 'city'),
  ('dispatcher', 'case.file', 'district'),
  ('dispatcher', 'case.dispatch', 'district'),
  ('dispatcher', 'case.close', 'district'),
  ('dispatcher', 'case.correct', 'district'),
  ('dispatcher', 'person.unmask', 'district'),
  ('dispatcher', 'assignment.read', 'district'),
  ('dispatcher', 'people.read', 'district'),
  ('dispatcher', 'territory.read', 'city'),
  ('dispatcher', 'catalogue.read', 'city'),
  ('supervisor', 'case.read', 'district'),
  ('supervisor', 'case.dispatch', 'district'),
  ('supervisor', 'case.reopen', 'district'),
  ('supervisor', 'person.unmask', 'district'),
  ('supervisor', 'assignment.read', 'district'),
  ('supervisor', 'people.read', 'district'),
  ('supervisor', 'audit.read', 'district'),
  ('supervisor', 'territory.read', 'city'),
  ('supervisor', 'catalogue.read', 'city'),
  ('leader', 'case.read', 'area'),
  ('leader', 'assignment.read', 'area'),
  ('leader', 'people.read', 'area'),
  ('leader', 'territory.read', 'city'),
  ('leader', 'catalogue.read', 'city'),
  ('system_admin', 'people.read', 'city'),
  ('system_admin', 'people.edit', 'city'),
  ('system_admin', 'territory.read', 'city'),
  ('system_admin', 'territory.edit', 'city'),
  ('system_admin', 'catalogue.read', 'city'),
  ('system_admin', 'catalogue.edit', 'city'),
  ('security_admin', 'people.read', 'city'),
  ('security_admin', 'people.edit', 'city'),
  ('audit_admin', 'people.read', 'city'),
  ('audit_admin', 'audit.read', 'city');
