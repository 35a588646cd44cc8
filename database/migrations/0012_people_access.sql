-- Second factor at sign-in, and keys of departments' systems.

-- A time-based code (RFC 6238) beside the password. The secret is encrypted with the key that is not in the database; it counts once a
-- code has confirmed it. `last_step` is the time step of the last accepted code, so that no code is accepted twice.
create table people.second_factor (
  account_id uuid not null,
  secret_box text not null,
  started_at timestamptz(3) not null,
  confirmed_at timestamptz(3),
  last_step bigint,
  constraint second_factor_pkey primary key (account_id),
  constraint second_factor_account_known foreign key (account_id) references people.account (id)
);
--@reference

-- For somebody whose phone is gone. Keyed hashes; each code opens once.
create table people.recovery_code (
  account_id uuid not null,
  code_hash text not null,
  used_at timestamptz(3),
  constraint recovery_code_pkey primary key (account_id, code_hash),
  constraint recovery_code_account_known foreign key (account_id) references people.account (id)
);
--@reference

-- Which roles need a second factor. Of each role the row with the latest `effective_from` is in force; a role without one is asked nothing.
create table people.second_factor_rule (
  role text not null,
  effective_from date not null,
  demand text not null,
  constraint second_factor_rule_pkey primary key (role, effective_from),
  constraint second_factor_rule_role_known foreign key (role) references people.role (code),
  constraint second_factor_rule_demand_known check (demand in ('none', 'ask', 'require'))
);
--@reference

insert into people.second_factor_rule (role, effective_from, demand) values
  ('system_admin', '2000-01-01', 'ask'),
  ('security_admin', '2000-01-01', 'ask'),
  ('audit_admin', '2000-01-01', 'ask');

-- Whoever guards the keys of the house is not the one who hands out the rooms (三员分立).
insert into people.role_permission (role, permission, scope) values
  ('security_admin', 'people.secure', 'city');

-- The system of a department calls with a key. It acts by a post of its own, whose organisation, area and period bound what it may do; the
-- person of that post stands for the system and has no account. The key itself is told once; here is its SHA-256.
create table people.api_key (
  id uuid not null,
  post_id uuid not null,
  prefix text not null,
  key_hash text not null,
  calls_per_minute integer not null,
  created_at timestamptz(3) not null,
  created_by_person_id uuid not null,
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  constraint api_key_pkey primary key (id),
  constraint api_key_hash_once unique (key_hash),
  constraint api_key_post_once unique (post_id),
  constraint api_key_post_known foreign key (post_id) references people.post (id),
  constraint api_key_calls_positive check (calls_per_minute > 0)
);
--@reference

insert into people.role (code, name) values
  ('department_system', '{"zh": "部门系统", "en": "System of a department"}');

insert into people.role_permission (role, permission, scope) values
  ('system_admin', 'people.keys', 'city'),
  ('department_system', 'case.report', 'district'),
  ('department_system', 'case.read', 'organisation'),
  ('department_system', 'catalogue.read', 'city'),
  ('department_system', 'territory.read', 'city');
