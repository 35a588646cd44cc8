-- What may be asked and by when: matters with versions and filing conditions, calendars, working hours, the ladder of a clock, settings.
create schema catalogue;

-- One row whose number grows with every change: processes that keep the catalogue in memory compare it; writers lock it and take turns.
create table catalogue.revision (
  sole boolean not null default true,
  number bigint not null,
  constraint revision_pkey primary key (sole),
  constraint revision_single check (sole)
);
--@reference
insert into catalogue.revision (number) values (0);

-- A class of component or event. Its key is (standard, kind, code): 01001 is 供水井盖 as a component and 供水井盖异常 as an event.
create table catalogue.matter (
  id uuid not null,
  standard text not null,
  kind text not null,
  code text not null,
  constraint matter_pkey primary key (id),
  constraint matter_key_once unique (standard, kind, code),
  constraint matter_kind_known check (kind in ('component', 'event', 'local'))
);
--@reference

-- A matter's text and rules from one day on, until the day before `effective_to`. Only drafts change. `words`: [{text, weight}], a negative weight speaks against.
create table catalogue.matter_version (
  id uuid not null,
  matter_id uuid not null,
  number integer not null,
  status text not null,
  effective_from date,
  effective_to date,
  name jsonb not null,
  category jsonb,
  words jsonb not null,
  duty text,
  work_kind text not null,
  legal_basis jsonb,
  row_version integer not null,
  saved_at timestamptz(3) not null,
  saved_by uuid,
  saved_by_command uuid not null,
  published_at timestamptz(3),
  published_by uuid,
  published_by_command uuid,
  constraint matter_version_pkey primary key (id),
  constraint matter_version_number_once unique (matter_id, number),
  constraint matter_version_matter_known foreign key (matter_id) references catalogue.matter (id),
  constraint matter_version_status_known check (status in ('draft', 'published', 'retired')),
  constraint matter_version_duty_known check (duty in ('basic', 'assist', 'withdrawn')),
  constraint matter_version_work_kind_known check (work_kind in ('patrol', 'emergency', 'daily')),
  constraint matter_version_name_has_chinese check (name ->> 'zh' is not null),
  constraint matter_version_period_forward check (effective_to >= effective_from),
  constraint matter_version_published_whole check (status = 'draft' or (effective_from is not null and published_at is not null))
);
--@reference
create unique index matter_version_one_draft on catalogue.matter_version (matter_id) where status = 'draft';

-- When a case of the matter is filed, by when it must be answered and solved, who leads, and what closes it (立案条件 → 处置时限, 结案条件).
create table catalogue.filing_condition (
  id uuid not null,
  matter_version_id uuid not null,
  code text not null,
  ordinal smallint not null,
  description jsonb not null,
  words jsonb not null,
  respond_value numeric,
  respond_unit text,
  dispose_value numeric,
  dispose_unit text,
  closing_condition jsonb,
  tier text,
  lead_level text,
  lead_function text,
  helpers jsonb not null,
  evidence jsonb not null,
  constraint filing_condition_pkey primary key (id),
  constraint filing_condition_code_once unique (matter_version_id, code),
  constraint filing_condition_version_known foreign key (matter_version_id) references catalogue.matter_version (id),
  constraint filing_condition_respond_unit_known check (respond_unit in ('urgent_hour', 'work_hour', 'work_day', 'natural_day')),
  constraint filing_condition_dispose_unit_known check (dispose_unit in ('urgent_hour', 'work_hour', 'work_day', 'natural_day')),
  constraint filing_condition_respond_whole check (num_nonnulls(respond_value, respond_unit) in (0, 2) and respond_value > 0),
  constraint filing_condition_dispose_whole check (num_nonnulls(dispose_value, dispose_unit) in (0, 2) and dispose_value > 0),
  constraint filing_condition_tier_known check (tier in ('A', 'B', 'C', 'D')),
  constraint filing_condition_lead_level_known check (lead_level in ('grid', 'community', 'street', 'district')),
  constraint filing_condition_lead_whole check (lead_function is null or lead_level is not null)
);
--@reference

-- A year whose holidays are known. Without its row no working limit is computed in that year.
create table catalogue.calendar_year (
  year smallint not null,
  source text not null,
  constraint calendar_year_pkey primary key (year)
);
--@reference

-- Weekdays off and weekend days that are worked.
create table catalogue.calendar_day (
  day date not null,
  year smallint not null,
  kind text not null,
  constraint calendar_day_pkey primary key (day),
  constraint calendar_day_year_known foreign key (year) references catalogue.calendar_year (year),
  constraint calendar_day_in_year check (extract(year from day) = year),
  constraint calendar_day_kind_known check (kind in ('off', 'makeup'))
);
--@reference

-- Working periods in minutes since midnight. The rows with the latest `effective_from` not after a day are that day's hours.
create table catalogue.working_period (
  effective_from date not null,
  start_minute smallint not null,
  end_minute smallint not null,
  constraint working_period_pkey primary key (effective_from, start_minute),
  constraint working_period_within_day check (start_minute >= 0 and start_minute < end_minute and end_minute <= 1440)
);
--@reference

-- What happens while a clock runs out. For each clock the rows with the latest `effective_from` are in force. No role: the unit that holds the assignment.
create table catalogue.ladder_step (
  milestone text not null,
  effective_from date not null,
  ordinal smallint not null,
  percent smallint,
  minutes_after_due integer,
  act text not null,
  to_role text,
  constraint ladder_step_pkey primary key (milestone, effective_from, ordinal),
  constraint ladder_step_milestone_known check (milestone in ('respond', 'dispose')),
  constraint ladder_step_one_time check (num_nonnulls(percent, minutes_after_due) = 1),
  constraint ladder_step_percent_range check (percent between 1 and 100),
  constraint ladder_step_minutes_range check (minutes_after_due >= 0),
  constraint ladder_step_act_known check (act in ('remind', 'overdue', 'escalate')),
  constraint ladder_step_escalates_to_role check (act <> 'escalate' or to_role is not null)
);
--@reference

-- Single values that a city may change, each with its meaning. The row with the latest `effective_from` is in force.
create table catalogue.setting (
  key text not null,
  effective_from date not null,
  value jsonb not null,
  meaning jsonb not null,
  constraint setting_pkey primary key (key, effective_from),
  constraint setting_meaning_has_chinese check (meaning ->> 'zh' is not null)
);
--@reference

insert into catalogue.working_period (effective_from, start_minute, end_minute) values
  ('2000-01-01', 480, 720),
  ('2000-01-01', 840, 1080);

insert into catalogue.ladder_step (milestone, effective_from, ordinal, percent, minutes_after_due, act, to_role) values
  ('respond', '2000-01-01', 1, 75, null, 'remind', null),
  ('respond', '2000-01-01', 2, 100, null, 'overdue', null),
  ('respond', '2000-01-01', 3, null, 30, 'escalate', 'supervisor'),
  ('dispose', '2000-01-01', 1, 75, null, 'remind', null),
  ('dispose', '2000-01-01', 2, 100, null, 'overdue', null),
  ('dispose', '2000-01-01', 3, null, 30, 'escalate', 'supervisor');

insert into catalogue.setting (key, effective_from, value, meaning) values
  ('time.zone', '2000-01-01', '"Asia/Shanghai"', '{"zh": "本市时区", "en": "Time zone of the city"}'),
  ('time.workDayMinutes', '2000-01-01', '480', '{"zh": "一个工作日折合的工作分钟数", "en": "Working minutes that one working day is worth"}'),
  ('matching.floor', '2000-01-01', '0.55', '{"zh": "自动认定事项的最低把握；低于此值由人认定", "en": "Confidence from which a matter is accepted by itself; below it a person decides"}');
