-- Pictures of a case: the bytes lie beside the database under their hash, here is whose they are. Erasable: events name the row only.
create table cases.photo (
  district_code text not null,
  id uuid not null,
  case_id uuid not null,
  origin text not null,
  full_hash text not null,
  small_hash text not null,
  width integer not null,
  height integer not null,
  actor_key text not null,
  post_id uuid,
  added_at timestamptz(3) not null,
  constraint photo_pkey primary key (district_code, id),
  constraint photo_case foreign key (district_code, case_id) references cases.case (district_code, id),
  constraint photo_origin_known check (origin in ('caller', 'unit'))
);
--@distribute
create index photo_case on cases.photo (district_code, case_id, added_at);

insert into people.role_permission (role, permission, scope) values
  ('grid_worker', 'case.attach', 'area'),
  ('grid_worker', 'case.attach', 'organisation'),
  ('handler', 'case.attach', 'organisation'),
  ('inspector', 'case.attach', 'area'),
  ('dispatcher', 'case.attach', 'district');
