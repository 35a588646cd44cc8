-- Machinery that every context shares: events with their outbox, receipts, the numbered log, seals, files of districts.
create schema platform;

-- Districts that hold rows of their own. Workers go round this list; nothing else knows which shards exist.
create table platform.district (
  code text not null,
  name jsonb not null,
  time_zone text not null default 'Asia/Shanghai',
  sample boolean not null default false,
  constraint district_pkey primary key (code),
  constraint district_code_digits check (code ~ '^\d{6}$')
);
--@reference

-- What happened. The event row is the audit row: appended, never changed. No personal data and no free text.
create table platform.event (
  district_code text not null,
  recorded_at timestamptz(3) not null default now(),
  id uuid not null,
  type text not null,
  version smallint not null,
  subject_kind text not null,
  subject_id uuid not null,
  subject_version integer not null,
  actor_kind text not null,
  actor_person_id uuid,
  actor_post_id uuid,
  from_state text,
  to_state text,
  reason_code text,
  happened_at timestamptz(3) not null,
  command_id uuid not null,
  request_id text not null,
  mode_epoch integer not null default 0,
  lane text not null default 'real',
  rule_version text,
  data jsonb not null default '{}',
  constraint event_pkey primary key (district_code, recorded_at, id),
  constraint event_lane_known check (lane in ('real', 'drill')),
  constraint event_actor_known check (actor_kind in ('person', 'system', 'public'))
);
--@distribute
create index event_subject on platform.event (district_code, subject_id, recorded_at);

-- One row per subscriber of an event, claimed and removed in the transaction of its effect. Subscriber `log` is the sequencer.
-- `available_at` is empty until a first failure: a fresh row is due at once, whatever clock a replay runs on.
create table platform.outbox (
  district_code text not null,
  id uuid not null,
  subscriber text not null,
  event_id uuid not null,
  event_type text not null,
  subject_id uuid not null,
  recorded_at timestamptz(3) not null default now(),
  attempts smallint not null default 0,
  available_at timestamptz(3),
  last_error text,
  constraint outbox_pkey primary key (district_code, id)
);
--@distribute
create index outbox_due on platform.outbox (district_code, subscriber, id);
-- A queue is almost all dead rows: vacuum by number of rows, not by share of a table that is usually empty.
alter table platform.outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- Answer to each command, so that a repeat of the same command gets the same answer and does nothing twice.
create table platform.receipt (
  district_code text not null,
  command_id uuid not null,
  command text not null,
  actor_person_id uuid,
  result jsonb not null,
  recorded_at timestamptz(3) not null default now(),
  constraint receipt_pkey primary key (district_code, command_id)
);
--@distribute

-- Head of a district's numbered log and of its chain of seals. The row lock is the sequencer's lease.
create table platform.log_head (
  district_code text not null,
  last_number bigint not null default 0,
  sealed_number bigint not null default 0,
  seal_count bigint not null default 0,
  chain text not null default '',
  constraint log_head_pkey primary key (district_code)
);
--@distribute

-- Committed events in one order without gaps. Seals, streams, counters and phones read this, never the event table by time.
create table platform.log_entry (
  district_code text not null,
  number bigint not null,
  event_id uuid not null,
  event_recorded_at timestamptz(3) not null,
  event_type text not null,
  subject_id uuid not null,
  leaf text not null,
  constraint log_entry_pkey primary key (district_code, number),
  constraint log_entry_once unique (district_code, event_id)
);
--@distribute

-- A sealed run of the log: Merkle root over SM3 leaves, chained to the seal before. `leaves` holds the run's digests (32 bytes each),
-- so that a changed row is named exactly and a proof is read from one row.
create table platform.seal (
  district_code text not null,
  ordinal bigint not null,
  first_number bigint not null,
  last_number bigint not null,
  leaves bytea not null,
  root text not null,
  chain text not null,
  sealed_at timestamptz(3) not null default now(),
  constraint seal_pkey primary key (district_code, ordinal)
);
--@distribute
