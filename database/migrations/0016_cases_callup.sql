-- Calling up 上呼: each step up or down that a case went, oldest first: who held it, who got it, why. What was tried is a note, which can be erased.
alter table cases.case
  add column ladder jsonb not null default '[]';

alter table assignments.assignment drop constraint assignment_state_known;
alter table assignments.assignment add constraint assignment_state_known check (state in ('open', 'signed', 'contacted', 'arrived', 'done', 'returned', 'relieved', 'cancelled', 'called_up'));

-- Which unit a clock ran for: lateness counts for whoever was late, and never for those who were called or who called.
create view assignments.clock_holder as
  select m.district_code, m.id, a.organisation_id
  from assignments.milestone m
  join assignments.assignment a on a.district_code = m.district_code and a.id = m.assignment_id;

-- What each unit did as lead of a case, and in which round: the second and later ones are rework.
create view assignments.unit_part as
  select a.district_code, a.subject_id as case_id, a.organisation_id, a.round
  from assignments.assignment a
  where a.subject_kind = 'case' and a.purpose = 'handle';

-- A call from below and what the unit above did with it, once it has done something.
create view assignments.call_from_below as
  select a.district_code, a.subject_id as case_id, a.organisation_id, a.ended_at, a.state = 'returned' as bounced
  from assignments.assignment a
  where a.subject_kind = 'case' and a.why ->> 'rule' = 'called_up' and a.state in ('done', 'returned', 'called_up');
create index assignment_called_up on assignments.assignment (district_code, ended_at) where why ->> 'rule' = 'called_up';

-- Who has a part in a case, for the reader of a figure who wants to open it.
create view cases.case_reader as
  select c.district_code, c.id as case_id, c.organisation_ids
  from cases.case c;

-- Sentences that are ready for the result of a trifle. Those of the longest prefix of the matter's code come first; an empty prefix fits every matter.
create table cases.ready_phrase (
  matter_prefix text not null,
  ordinal smallint not null,
  effective_from date not null,
  effective_to date,
  text jsonb not null,
  constraint ready_phrase_pkey primary key (matter_prefix, ordinal, effective_from),
  constraint ready_phrase_has_chinese check (text ->> 'zh' is not null),
  constraint ready_phrase_period_forward check (effective_to >= effective_from)
);
--@reference

insert into cases.ready_phrase (matter_prefix, ordinal, effective_from, text) values
  ('', 1, '2000-01-01', '{"zh": "已到现场办好", "en": "Done on the spot"}'),
  ('', 2, '2000-01-01', '{"zh": "已上门说明，当事人同意", "en": "Explained in person and agreed"}'),
  ('', 3, '2000-01-01', '{"zh": "到现场查看，问题已不存在", "en": "Looked on the spot; the problem is gone"}'),
  ('01', 1, '2000-01-01', '{"zh": "已修好，恢复使用", "en": "Repaired and in use again"}'),
  ('06', 1, '2000-01-01', '{"zh": "已清理干净", "en": "Cleaned up"}'),
  ('06', 2, '2000-01-01', '{"zh": "已劝导，当场整改", "en": "Told, and put right at once"}'),
  ('06994', 1, '2000-01-01', '{"zh": "已上门看望，需要的事已办妥", "en": "Visited; what was needed is done"}'),
  ('06996', 1, '2000-01-01', '{"zh": "已换灯，恢复照明", "en": "Lamp changed; it is lit again"}'),
  ('07', 1, '2000-01-01', '{"zh": "已清除", "en": "Removed"}'),
  ('09', 1, '2000-01-01', '{"zh": "已劝离，道路畅通", "en": "Moved on; the way is free"}'),
  ('09', 2, '2000-01-01', '{"zh": "已摆放整齐", "en": "Put in order"}');

-- A call-back sample 回访抽样. The seed is published first and drawn afterwards; `population` keeps street/number of every case drawn from, so that anybody can repeat it.
create table cases.call_back_draw (
  district_code text not null,
  id uuid not null,
  area_code text not null,
  from_day date not null,
  to_day date not null,
  percent numeric not null,
  minimum_per_street integer not null,
  seed text not null,
  published_at timestamptz(3) not null,
  published_by uuid,
  drawn_at timestamptz(3),
  population text[] not null default '{}',
  constraint call_back_draw_pkey primary key (district_code, id),
  constraint call_back_draw_period_forward check (to_day >= from_day),
  constraint call_back_draw_percent_range check (percent > 0 and percent <= 100),
  constraint call_back_draw_minimum_range check (minimum_per_street >= 0)
);
--@distribute
create index call_back_draw_newest on cases.call_back_draw (district_code, published_at desc);

-- A sampled case and what its caller said. `organisation_id` led the case when it was drawn: a later reopening changes nobody's figure.
create table cases.call_back (
  district_code text not null,
  id uuid not null,
  draw_id uuid not null,
  case_id uuid not null,
  street_code text not null,
  organisation_id uuid,
  outcome text,
  recorded_at timestamptz(3),
  actor_key text,
  post_id uuid,
  note text,
  constraint call_back_pkey primary key (district_code, id),
  constraint call_back_once unique (district_code, draw_id, case_id),
  constraint call_back_of_draw foreign key (district_code, draw_id) references cases.call_back_draw (district_code, id),
  constraint call_back_case foreign key (district_code, case_id) references cases.case (district_code, id),
  constraint call_back_outcome_known check (outcome in ('solved', 'not_happy', 'not_solved', 'not_reached')),
  constraint call_back_outcome_whole check (num_nonnulls(outcome, recorded_at, actor_key) in (0, 3))
);
--@distribute
create index call_back_case on cases.call_back (district_code, case_id);

-- Whoever was not reached said nothing, so he counts for nobody.
create view cases.call_back_result as
  select b.district_code, b.case_id, b.organisation_id, b.recorded_at, b.outcome = 'solved' as confirmed
  from cases.call_back b
  where b.outcome in ('solved', 'not_happy', 'not_solved');

insert into catalogue.setting (key, effective_from, value, meaning) values
  ('words.callUp', '2000-01-01', '"上呼"', '{"zh": "把办不了的事交上一级，本市的叫法", "en": "What the city calls handing a case up one level"}'),
  ('words.callUp.en', '2000-01-01', '"Call up"', '{"zh": "上呼的英文叫法", "en": "The same in English"}'),
  ('words.sendDown', '2000-01-01', '"退回下级"', '{"zh": "把上呼退给下级，本市的叫法", "en": "What the city calls sending a call back down"}'),
  ('words.sendDown.en', '2000-01-01', '"Send back down"', '{"zh": "退回下级的英文叫法", "en": "The same in English"}'),
  ('callBack.percent', '2000-01-01', '5', '{"zh": "回访抽样比例（%）", "en": "Share of closed cases that is called back, in percent"}'),
  ('callBack.minimumPerStreet', '2000-01-01', '3', '{"zh": "每个街镇至少抽取的件数", "en": "Least number of cases drawn in each street"}');

insert into people.role_permission (role, permission, scope) values
  ('grid_worker', 'case.call_up', 'organisation'),
  ('handler', 'case.call_up', 'organisation'),
  ('dispatcher', 'case.call_back', 'district'),
  ('supervisor', 'case.call_back', 'district'),
  ('supervisor', 'case.draw_sample', 'district');
