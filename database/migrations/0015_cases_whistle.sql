-- Several units work on one case: a lead with its clocks, units that help, and units that a street summoned by a whistle (街乡吹哨、部门报到).

-- A unit that was summoned signs and arrives besides answering; each is a clock of its own.
alter table assignments.assignment drop constraint assignment_state_known;
alter table assignments.assignment
  add constraint assignment_state_known check (state in ('open', 'signed', 'contacted', 'arrived', 'done', 'returned', 'relieved', 'cancelled')),
  add constraint assignment_purpose_known check (purpose in ('handle', 'candidate', 'help', 'whistle', 'convene', 'redispatch', 'opinion'));
alter table assignments.milestone drop constraint milestone_kind_known;
alter table assignments.milestone add constraint milestone_kind_known check (kind in ('sign', 'respond', 'arrive', 'dispose', 'dispatch'));
alter table catalogue.ladder_step drop constraint ladder_step_milestone_known;
alter table catalogue.ladder_step add constraint ladder_step_milestone_known check (milestone in ('sign', 'respond', 'arrive', 'dispose', 'dispatch'));

insert into catalogue.ladder_step (milestone, effective_from, ordinal, percent, minutes_after_due, act, to_role) values
  ('sign', '2000-01-01', 1, 75, null, 'remind', null),
  ('sign', '2000-01-01', 2, 100, null, 'overdue', null),
  ('sign', '2000-01-01', 3, null, 30, 'escalate', 'supervisor'),
  ('arrive', '2000-01-01', 1, 75, null, 'remind', null),
  ('arrive', '2000-01-01', 2, 100, null, 'overdue', null),
  ('arrive', '2000-01-01', 3, null, 30, 'escalate', 'supervisor');

-- What a unit fed back stands beside its own assignment.
alter table cases.case_note add column assignment_id uuid;

-- Kinds of whistle with their limits. Of each kind the row with the latest `effective_from` is in force; one that is not `offered` takes no new whistles.
create table cases.whistle_kind (
  kind text not null,
  effective_from date not null,
  ordinal smallint not null,
  name jsonb not null,
  sign_value numeric,
  sign_unit text,
  respond_value numeric,
  respond_unit text,
  arrive_value numeric,
  arrive_unit text,
  dispose_value numeric,
  dispose_unit text,
  needs_approval boolean not null,
  offered boolean not null default true,
  constraint whistle_kind_pkey primary key (kind, effective_from),
  constraint whistle_kind_name_has_chinese check (name ->> 'zh' is not null),
  constraint whistle_kind_sign_unit_known check (sign_unit in ('urgent_hour', 'work_hour', 'work_day', 'natural_day')),
  constraint whistle_kind_respond_unit_known check (respond_unit in ('urgent_hour', 'work_hour', 'work_day', 'natural_day')),
  constraint whistle_kind_arrive_unit_known check (arrive_unit in ('urgent_hour', 'work_hour', 'work_day', 'natural_day')),
  constraint whistle_kind_dispose_unit_known check (dispose_unit in ('urgent_hour', 'work_hour', 'work_day', 'natural_day')),
  constraint whistle_kind_limits_whole check (
    num_nonnulls(sign_value, sign_unit) in (0, 2) and num_nonnulls(respond_value, respond_unit) in (0, 2)
    and num_nonnulls(arrive_value, arrive_unit) in (0, 2) and num_nonnulls(dispose_value, dispose_unit) in (0, 2)
    and num_nonnulls(sign_value, respond_value, arrive_value, dispose_value) > 0)
);
--@reference

-- Defaults after what cities publish: 30 minutes in an emergency (Pinggu); sign in an hour, contact in a day, report in three or five working days (Nanjing Gulou).
insert into cases.whistle_kind (kind, effective_from, ordinal, name, sign_value, sign_unit, respond_value, respond_unit, arrive_value, arrive_unit, dispose_value, dispose_unit, needs_approval) values
  ('emergency', '2000-01-01', 1, '{"zh": "应急哨", "en": "Emergency"}', null, null, null, null, 0.5, 'urgent_hour', null, null, false),
  ('ordinary', '2000-01-01', 2, '{"zh": "普通哨", "en": "Ordinary"}', 1, 'work_hour', 24, 'urgent_hour', 3, 'work_day', null, null, false),
  ('hard', '2000-01-01', 3, '{"zh": "攻坚哨", "en": "Hard problem"}', 1, 'work_hour', 24, 'urgent_hour', null, null, 5, 'work_day', true);

-- A street summons units to a case: what was tried, which authority it lacks. `tried`, `missing` and `end_note` are typed by people and erasable.
create table cases.whistle (
  district_code text not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  kind_from date not null,
  state text not null,
  caller_organisation_id uuid not null,
  street_organisation_id uuid not null,
  convene_assignment_id uuid not null,
  tried text not null,
  missing text not null,
  asked_at timestamptz(3) not null,
  sounded_at timestamptz(3),
  ended_at timestamptz(3),
  end_note text,
  constraint whistle_pkey primary key (district_code, id),
  constraint whistle_case foreign key (district_code, case_id) references cases.case (district_code, id),
  constraint whistle_state_known check (state in ('proposed', 'waiting', 'sounded', 'closed', 'declined', 'called_off'))
);
--@distribute
create index whistle_case on cases.whistle (district_code, case_id);
create index whistle_newest on cases.whistle (district_code, asked_at desc);

-- One row per unit that a whistle summons: the basis of its duty, its assignment once the whistle sounds, and the street's rating of its answer.
create table cases.whistle_unit (
  district_code text not null,
  whistle_id uuid not null,
  organisation_id uuid not null,
  ordinal smallint not null,
  basis text not null,
  assignment_id uuid,
  score smallint,
  score_note text,
  rated_at timestamptz(3),
  constraint whistle_unit_pkey primary key (district_code, whistle_id, organisation_id),
  constraint whistle_unit_whistle foreign key (district_code, whistle_id) references cases.whistle (district_code, id),
  constraint whistle_unit_score_range check (score between 1 and 5),
  constraint whistle_unit_rated_whole check (num_nonnulls(score, score_note, rated_at) in (0, 3))
);
--@distribute

insert into catalogue.setting (key, effective_from, value, meaning) values
  ('whistle.word.zh', '2000-01-01', '"吹哨"', '{"zh": "街道召集部门叫什么：吹哨、呼叫等", "en": "What a street’s summons is called in Chinese"}'),
  ('whistle.word.en', '2000-01-01', '"Whistle"', '{"zh": "“吹哨”的英文", "en": "What a street’s summons is called in English"}'),
  ('whistle.answer.zh', '2000-01-01', '"报到"', '{"zh": "部门应召叫什么：报到、响应等", "en": "What a unit’s answer to it is called in Chinese"}'),
  ('whistle.answer.en', '2000-01-01', '"Answer"', '{"zh": "“报到”的英文", "en": "What a unit’s answer to it is called in English"}'),
  ('whistle.rate.days', '2000-01-01', '90', '{"zh": "吹哨率按最近多少天计算", "en": "Days over which the whistle rate is counted"}'),
  ('whistle.rate.least', '2000-01-01', '30', '{"zh": "街道案件少于多少件时不看吹哨率", "en": "Cases of a street below which its whistle rate says nothing"}'),
  ('whistle.rate.low', '2000-01-01', '0.002', '{"zh": "吹哨率低于此值为偏低：有难题可能没有提出来", "en": "Whistle rate below which problems may stay unsaid"}'),
  ('whistle.rate.high', '2000-01-01', '0.1', '{"zh": "吹哨率高于此值为偏高：自己的事可能推给了部门", "en": "Whistle rate above which own work may be passed on"}');

-- Whoever handles may whistle where his unit is a street or community; a leader of the district lets a hard one sound.
insert into people.role_permission (role, permission, scope) values
  ('handler', 'whistle.sound', 'organisation'),
  ('leader', 'whistle.approve', 'area');
