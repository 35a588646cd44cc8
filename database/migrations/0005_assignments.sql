-- Who must answer by when: one assignment, its clocks, and the steps of the ladder that wait for their moment.
create schema assignments;

create table assignments.assignment (
  district_code text not null,
  id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  purpose text not null,
  organisation_id uuid not null,
  post_id uuid,
  area_code text not null,
  state text not null,
  version integer not null,
  round smallint not null default 1,
  why jsonb not null,
  opened_at timestamptz(3) not null,
  ended_at timestamptz(3),
  constraint assignment_pkey primary key (district_code, id),
  constraint assignment_state_known check (state in ('open', 'contacted', 'done', 'returned', 'cancelled'))
);
--@distribute
create index assignment_subject on assignments.assignment (district_code, subject_id, opened_at);
create index assignment_open on assignments.assignment (district_code, organisation_id) where ended_at is null;

-- overdue_at is the raw fact: set once, by the sweep or by a late answer, and never erased.
create table assignments.milestone (
  district_code text not null,
  id uuid not null,
  assignment_id uuid not null,
  subject_id uuid not null,
  kind text not null,
  round smallint not null default 1,
  limit_value numeric,
  limit_unit text,
  starts_at timestamptz(3) not null,
  due_at timestamptz(3),
  met_at timestamptz(3),
  overdue_at timestamptz(3),
  cancelled_at timestamptz(3),
  constraint milestone_pkey primary key (district_code, id),
  constraint milestone_assignment foreign key (district_code, assignment_id) references assignments.assignment (district_code, id),
  constraint milestone_kind_known check (kind in ('respond', 'dispose'))
);
--@distribute
create index milestone_assignment on assignments.milestone (district_code, assignment_id);

create table assignments.timer (
  district_code text not null,
  id uuid not null,
  milestone_id uuid not null,
  ordinal smallint not null,
  act text not null,
  to_role text,
  act_at timestamptz(3) not null,
  acted_at timestamptz(3),
  cancelled_at timestamptz(3),
  constraint timer_pkey primary key (district_code, id),
  constraint timer_milestone foreign key (district_code, milestone_id) references assignments.milestone (district_code, id),
  constraint timer_act_known check (act in ('remind', 'overdue', 'escalate'))
);
--@distribute
create index timer_due on assignments.timer (district_code, act_at) where acted_at is null and cancelled_at is null;
create index timer_milestone on assignments.timer (district_code, milestone_id);

-- What the ladder told whom. Addressed to an organisation, or to a role within the area.
create table assignments.reminder (
  district_code text not null,
  id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  assignment_id uuid not null,
  milestone_kind text not null,
  act text not null,
  to_organisation_id uuid,
  to_role text,
  area_code text not null,
  at timestamptz(3) not null,
  constraint reminder_pkey primary key (district_code, id)
);
--@distribute
create index reminder_newest on assignments.reminder (district_code, at desc);
