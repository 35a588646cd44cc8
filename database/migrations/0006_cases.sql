-- Calls and what became of them.
create schema cases;

-- Where a call goes that cannot be located.
create table cases.channel_default (
  channel text not null,
  district_code text not null,
  constraint channel_default_pkey primary key (channel)
);
--@reference

create table cases.case_counter (
  district_code text not null,
  day date not null,
  last_number integer not null,
  constraint case_counter_pkey primary key (district_code, day)
);
--@distribute

create table cases.case (
  district_code text not null,
  id uuid not null,
  number text not null,
  version integer not null,
  status text not null,
  channel text not null,
  source text,
  external_key text,
  text text not null,
  address text,
  matter_version_id uuid,
  condition_id uuid,
  matter_name jsonb,
  tier text,
  confidence real,
  match_reasons jsonb not null default '[]',
  triage_reason text,
  triage_note jsonb,
  area_code text not null,
  grid_code text,
  unit_grid_code text,
  lng double precision,
  lat double precision,
  lead_organisation_id uuid,
  lead_post_id uuid,
  assignment_id uuid,
  why jsonb,
  recorded_clock boolean not null default false,
  recorded_due_at timestamptz(3),
  respond_due_at timestamptz(3),
  dispose_due_at timestamptz(3),
  clock_due_at timestamptz(3),
  clock_soon_at timestamptz(3),
  steps text[] not null,
  handled_by text[] not null default '{}',
  result text,
  rating smallint,
  evaluation jsonb,
  rework_count smallint not null default 0,
  return_count smallint not null default 0,
  reopen_count smallint not null default 0,
  reported_at timestamptz(3) not null,
  closed_at timestamptz(3),
  flags text[] not null default '{}',
  origin_district_code text,
  origin_id uuid,
  sample boolean not null default false,
  recorded_at timestamptz(3) not null default now(),
  constraint case_pkey primary key (district_code, id),
  constraint case_number unique (district_code, number),
  constraint case_external unique (district_code, source, external_key),
  constraint case_status_known check (status in ('reported', 'filed', 'dispatched', 'contacted', 'handled', 'checked', 'closed', 'reopened', 'rejected', 'withdrawn', 'transferred')),
  constraint case_channel_known check (channel in ('resident', 'grid_worker', 'hotline', 'department', 'import')),
  constraint case_closed_complete check (status <> 'closed' or steps @> array['collect', 'file', 'dispatch', 'handle', 'feedback', 'check', 'evaluate'])
);
--@distribute
create index case_open on cases.case (district_code, clock_due_at, reported_at, id) where status not in ('closed', 'rejected', 'withdrawn', 'transferred');
create index case_status on cases.case (district_code, status, reported_at);
create index case_newest on cases.case (district_code, reported_at desc, id desc);
create index case_holder on cases.case (district_code, lead_organisation_id, clock_due_at) where status in ('dispatched', 'contacted');

-- The seven official steps, each time one of them happens.
create table cases.case_step (
  district_code text not null,
  id uuid not null,
  case_id uuid not null,
  step text not null,
  at timestamptz(3) not null,
  actor_key text not null,
  post_id uuid,
  constraint case_step_pkey primary key (district_code, id),
  constraint case_step_case foreign key (district_code, case_id) references cases.case (district_code, id),
  constraint case_step_known check (step in ('collect', 'file', 'dispatch', 'handle', 'feedback', 'check', 'evaluate'))
);
--@distribute
create index case_step_case on cases.case_step (district_code, case_id, at);

-- What people typed beside a move. Erasable, so it stays out of events.
create table cases.case_note (
  district_code text not null,
  id uuid not null,
  case_id uuid not null,
  command_id uuid not null,
  move text not null,
  text text not null,
  constraint case_note_pkey primary key (district_code, id),
  constraint case_note_case foreign key (district_code, case_id) references cases.case (district_code, id)
);
--@distribute
create index case_note_case on cases.case_note (district_code, case_id);

-- Who called. Contact fields are encrypted with a key id and looked up by keyed hash; erasable.
create table cases.caller (
  district_code text not null,
  case_id uuid not null,
  tracking_hash text not null,
  name_box text,
  phone_box text,
  phone_hash text,
  constraint caller_pkey primary key (district_code, case_id),
  constraint caller_tracking unique (district_code, tracking_hash),
  constraint caller_case foreign key (district_code, case_id) references cases.case (district_code, id)
);
--@distribute
create index caller_tracking_hash on cases.caller (tracking_hash);
