-- The desk: a dispatch can be recalled 撤回派遣 while the unit has not answered, a person keeps views of the list, and a supervisor urges 催办 and escalates 升级 by hand.
alter table assignments.assignment drop constraint assignment_state_known;
alter table assignments.assignment add constraint assignment_state_known check (state in ('open', 'signed', 'contacted', 'arrived', 'done', 'returned', 'relieved', 'cancelled', 'called_up', 'recalled'));

-- What was recalled before anybody answered was never that unit's work: it is no first dispatch and no round.
create or replace view assignments.first_dispatch as
  select a.district_code, a.subject_id as case_id, a.organisation_id, a.state, a.opened_at
  from assignments.assignment a
  where a.subject_kind = 'case' and a.purpose = 'handle' and a.state <> 'recalled' and not exists (
    select 1 from assignments.assignment o
    where o.district_code = a.district_code and o.subject_id = a.subject_id and o.purpose = 'handle' and o.state <> 'recalled' and (o.opened_at, o.id) < (a.opened_at, a.id));

create or replace view assignments.unit_part as
  select a.district_code, a.subject_id as case_id, a.organisation_id, a.round
  from assignments.assignment a
  where a.subject_kind = 'case' and a.purpose = 'handle' and a.state <> 'recalled';

create index reminder_subject on assignments.reminder (district_code, subject_id, at desc);

-- A view of the list that a person keeps. `filter` is what was chosen then, read leniently: a field that has gone is left out and named.
create table cases.saved_view (
  id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  name text not null,
  filter jsonb not null,
  shared boolean not null,
  version integer not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint saved_view_pkey primary key (id),
  constraint saved_view_person foreign key (person_id) references people.person (id),
  constraint saved_view_organisation foreign key (organisation_id) references people.organisation (id),
  constraint saved_view_named check (length(name) between 1 and 40)
);
--@reference
create index saved_view_person on cases.saved_view (person_id);
create index saved_view_shared on cases.saved_view (organisation_id) where shared;

-- Which of the views a person may see stand on top for him.
create table cases.saved_view_pin (
  person_id uuid not null,
  view_id uuid not null,
  constraint saved_view_pin_pkey primary key (person_id, view_id),
  constraint saved_view_pin_person foreign key (person_id) references people.person (id),
  constraint saved_view_pin_view foreign key (view_id) references cases.saved_view (id) on delete cascade
);
--@reference

-- Who has a case open on a screen now. A row is worth half a minute; nothing of it is kept.
create table cases.onlooker (
  screen_id uuid not null,
  person_id uuid not null,
  name text not null,
  post_id uuid,
  district_code text not null,
  case_id uuid not null,
  area_code text not null,
  organisation_ids uuid[] not null,
  doing text not null,
  seen_at timestamptz(3) not null,
  constraint onlooker_pkey primary key (screen_id),
  constraint onlooker_doing_known check (doing in ('looking', 'writing'))
);
--@local
alter table cases.onlooker set unlogged;
create index onlooker_seen on cases.onlooker (seen_at);

-- Ready sentences for urging and escalating by hand.
create table cases.urge_phrase (
  kind text not null,
  ordinal smallint not null,
  effective_from date not null,
  effective_to date,
  text jsonb not null,
  constraint urge_phrase_pkey primary key (kind, ordinal, effective_from),
  constraint urge_phrase_kind_known check (kind in ('urge', 'escalate')),
  constraint urge_phrase_has_chinese check (text ->> 'zh' is not null),
  constraint urge_phrase_period_forward check (effective_to >= effective_from)
);
--@reference

insert into cases.urge_phrase (kind, ordinal, effective_from, text) values
  ('urge', 1, '2000-01-01', '{"zh": "已超过办理时限，请今天办结并反馈。", "en": "The deadline has passed: please finish and feed back today."}'),
  ('urge', 2, '2000-01-01', '{"zh": "即将到期，请尽快联系反映人。", "en": "The deadline is near: please contact the caller soon."}'),
  ('urge', 3, '2000-01-01', '{"zh": "请说明未办结的原因和预计完成时间。", "en": "Please say why it is not done and when it will be."}'),
  ('escalate', 1, '2000-01-01', '{"zh": "多次催办仍未办结，提请分管领导督办。", "en": "Urged before and still not done: put before the leader in charge."}'),
  ('escalate', 2, '2000-01-01', '{"zh": "涉及多家单位，提请分管领导协调。", "en": "Concerns several units: the leader in charge is asked to coordinate."}');

insert into people.role_permission (role, permission, scope) values
  ('dispatcher', 'case.urge', 'district'),
  ('supervisor', 'case.urge', 'district');
