-- Buildings and the dwellings in them, below the service grids; and the building that a case was reported about.
-- A building's code is its grid's with three digits more (四标四实: 标准建筑物编码). No persons here, only what stands and lies.
create table territory.building (
  id uuid not null,
  code text not null,
  name jsonb not null,
  address text,
  use text not null,
  floors smallint,
  valid_from date not null,
  valid_to date,
  changed_at timestamptz(3) not null,
  constraint building_pkey primary key (id),
  constraint building_code_starts_once unique (code, valid_from),
  constraint building_code_digits check (code ~ '^\d{18}$'),
  constraint building_use_known check (use in ('dwelling', 'business', 'mixed', 'public', 'other')),
  constraint building_floors_sane check (floors between 1 and 300),
  constraint building_lasts check (valid_to > valid_from),
  constraint building_name_zh check (name ? 'zh')
);
--@reference
create unique index building_open_code on territory.building (code) where valid_to is null;
create index building_code_begins on territory.building (code text_pattern_ops);

-- A dwelling: the building's code with four digits more. Who lives in it is not asked.
create table territory.household (
  district_code text not null,
  id uuid not null,
  code text not null,
  unit text,
  floor smallint,
  door text not null,
  occupancy text not null,
  tenure text not null,
  valid_from date not null,
  valid_to date,
  changed_at timestamptz(3) not null,
  constraint household_pkey primary key (district_code, id),
  constraint household_code_starts_once unique (district_code, code, valid_from),
  constraint household_code_digits check (code ~ '^\d{22}$' and starts_with(code, district_code)),
  constraint household_occupancy_known check (occupancy in ('occupied', 'vacant', 'unknown')),
  constraint household_tenure_known check (tenure in ('owned', 'rented', 'public_rental', 'other', 'unknown')),
  constraint household_lasts check (valid_to > valid_from)
);
--@distribute
create unique index household_open_code on territory.household (district_code, code) where valid_to is null;
create index household_code_begins on territory.household (district_code, code text_pattern_ops);

-- 统一社会信用代码 (GB 32100); its check character is looked at where it is typed or imported.
alter table people.organisation add column credit_code text;
alter table people.organisation add constraint organisation_credit_code_shape check (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$');

-- Code and name as they were when the report was taken.
alter table cases.case add column building jsonb;
