-- What a unit asks and somebody above decides (延期, 挂账, 超时申诉, 异议), clocks that stand still, and what adjudications teach.

-- While a clock stands still (`paused_at`) its due time is what it was at the pause; going on moves it. `pauses` keeps all of them:
-- [{reason, from, to}], `to` null for one that never ended. `extensions` counts approved 延期, which move the due time too.
alter table assignments.milestone
  add column paused_at timestamptz(3),
  add column pauses jsonb not null default '[]',
  add column extensions smallint not null default 0;
alter table assignments.milestone drop constraint milestone_kind_known;
alter table assignments.milestone add constraint milestone_kind_known check (kind in ('respond', 'dispose', 'dispatch'));
alter table assignments.assignment drop constraint assignment_state_known;
alter table assignments.assignment add constraint assignment_state_known check (state in ('open', 'contacted', 'done', 'returned', 'relieved', 'cancelled'));

-- A clock that stands still runs out of nothing; one that ran out before the pause stays overdue.
create or replace view assignments.clock_result as
  select m.district_code, m.subject_id as case_id, m.id, m.kind, m.starts_at, m.due_at, m.met_at, m.cancelled_at, m.extensions > 0 as extended
  from assignments.milestone m
  join assignments.assignment a on a.district_code = m.district_code and a.id = m.assignment_id
  where a.subject_kind = 'case' and a.purpose = 'handle' and m.due_at is not null and (m.cancelled_at is null or m.due_at <= m.cancelled_at)
    and (m.paused_at is null or m.due_at <= m.paused_at);

-- The dispatch clock runs while a case that was given back waits for its next unit.
alter table catalogue.ladder_step drop constraint ladder_step_milestone_known;
alter table catalogue.ladder_step add constraint ladder_step_milestone_known check (milestone in ('respond', 'dispose', 'dispatch'));
insert into catalogue.ladder_step (milestone, effective_from, ordinal, percent, minutes_after_due, act, to_role) values
  ('dispatch', '2000-01-01', 1, 75, null, 'remind', null),
  ('dispatch', '2000-01-01', 2, 100, null, 'overdue', null),
  ('dispatch', '2000-01-01', 3, null, 15, 'escalate', 'supervisor');
insert into catalogue.setting (key, effective_from, value, meaning) values
  ('limit.redispatch', '2000-01-01', '0.25', '{"zh": "退回后再次派遣的时限（紧急工作时；0.25 即 15 分钟）", "en": "Limit for dispatching again after a return, in hours day and night; 0.25 is 15 minutes"}');

-- Kinds of requests as dated rules. `levels`: the permission that each approval needs, one after the other. `most`: how many may be approved
-- for one case; `tries`: how often one unit may ask in one case, null is no limit; `longest_days`: the longest term, null asks for no date.
create table cases.request_kind (
  kind text not null,
  effective_from date not null,
  levels text[] not null,
  most smallint not null,
  tries smallint,
  longest_days smallint,
  name jsonb not null,
  explanation jsonb not null,
  constraint request_kind_pkey primary key (kind, effective_from),
  constraint request_kind_listed check (kind in ('extension', 'suspension', 'appeal', 'objection')),
  constraint request_kind_levels check (cardinality(levels) between 1 and 3),
  constraint request_kind_most check (most > 0),
  constraint request_kind_tries check (tries > 0),
  constraint request_kind_longest check (longest_days > 0)
);
--@reference
insert into cases.request_kind (kind, effective_from, levels, most, tries, longest_days, name, explanation) values
  ('extension', '2000-01-01', '{request.review,request.approve}', 2, null, null, '{"zh": "延期", "en": "Extension"}',
    '{"zh": "处置时限增加一个原时限；每件最多批准两次，两级审批", "en": "Adds one original handling limit; at most two per case, two levels of approval"}'),
  ('suspension', '2000-01-01', '{request.approve}', 1, null, 365, '{"zh": "挂账", "en": "Suspension"}',
    '{"zh": "时钟停到约定的日期，到期自动恢复；每件最多批准一次，最长一年", "en": "The clocks stand still until a date and go on by themselves; once per case, at most one year"}'),
  ('appeal', '2000-01-01', '{request.review,request.approve}', 1, 1, null, '{"zh": "超时申诉", "en": "Overtime appeal"}',
    '{"zh": "结案后对超时的申诉，每件一次，两级复核；通过后不计入及时率，超时事实保留", "en": "After closing, once per case, two reviews; success leaves the case out of the timely figures, the raw fact stays"}'),
  ('objection', '2000-01-01', '{case.adjudicate}', 1, 1, null, '{"zh": "异议", "en": "Objection"}',
    '{"zh": "认为不属本单位职责时提出，每个单位每件一次；裁定前案件仍由本单位办理，时钟不停", "en": "For a unit that holds it is not its duty, once per unit and case; the case stays and its clock runs until adjudicated"}');

-- One request. `levels` and `most` are the rule's as it was asked under. `dispatched_by`: key of whoever
-- sent the case to the unit, who does not adjudicate; `dispatched_why`: why to this unit.
create table cases.request (
  district_code text not null,
  id uuid not null,
  case_id uuid not null,
  assignment_id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  state text not null,
  version integer not null,
  levels text[] not null,
  approvals smallint not null default 0,
  most smallint not null,
  reason_code text not null,
  note text not null,
  until date,
  proposed_organisation_id uuid,
  counter_opinion text,
  counter_by uuid,
  countered_at timestamptz(3),
  dispatched_by text,
  dispatched_why jsonb,
  asked_by uuid not null,
  asked_post_id uuid,
  asked_at timestamptz(3) not null,
  ended_at timestamptz(3),
  constraint request_pkey primary key (district_code, id),
  constraint request_case foreign key (district_code, case_id) references cases.case (district_code, id),
  constraint request_kind_known check (kind in ('extension', 'suspension', 'appeal', 'objection')),
  constraint request_state_known check (state in ('asked', 'approved_once', 'approved', 'refused', 'withdrawn')),
  constraint request_ended check ((ended_at is null) = (state in ('asked', 'approved_once'))),
  constraint request_term check ((until is not null) = (kind = 'suspension')),
  constraint request_proposal check (proposed_organisation_id is null or kind = 'objection')
);
--@distribute
create index request_case on cases.request (district_code, case_id, asked_at);
create index request_open on cases.request (district_code, asked_at) where ended_at is null;
create index request_asked_by on cases.request (district_code, organisation_id, asked_at);

create table cases.request_decision (
  district_code text not null,
  id uuid not null,
  request_id uuid not null,
  level smallint not null,
  verdict text not null,
  opinion text not null,
  person_id uuid not null,
  post_id uuid,
  at timestamptz(3) not null,
  constraint request_decision_pkey primary key (district_code, id),
  constraint request_decision_once unique (district_code, request_id, level),
  constraint request_decision_request foreign key (district_code, request_id) references cases.request (district_code, id),
  constraint request_decision_verdict_known check (verdict in ('approve', 'refuse'))
);
--@distribute

-- What was adjudicated once is found the next time. Marked as a rule, it decides the dispatch within `scope_area`, the area that the unit serves.
create table cases.precedent (
  district_code text not null,
  id uuid not null,
  request_id uuid not null,
  case_id uuid not null,
  case_number text not null,
  matter_id uuid not null,
  condition_code text not null,
  area_code text not null,
  objecting_organisation_id uuid not null,
  organisation_id uuid not null,
  upheld boolean not null,
  opinion text not null,
  is_rule boolean not null,
  scope_area text not null,
  decided_at timestamptz(3) not null,
  constraint precedent_pkey primary key (district_code, id),
  constraint precedent_request foreign key (district_code, request_id) references cases.request (district_code, id)
);
--@distribute
create index precedent_matter on cases.precedent (district_code, matter_id, decided_at desc);
create index precedent_rule on cases.precedent (district_code) where is_rule;

-- `bound_organisation_ids`: units that an adjudication named in this case; they neither object nor return it again.
alter table cases.case
  add column suspended_until timestamptz(3),
  add column exempted_at timestamptz(3),
  add column bound_organisation_ids uuid[] not null default '{}';
create index case_suspended on cases.case (district_code, suspended_until) where suspended_until is not null;

-- 超时申诉: the statistic is exempted, the raw fact stays where it is.
create or replace view cases.case_result as
  select c.district_code, c.id, c.area_code, c.lead_organisation_id, c.number, c.status, c.matter_name, c.reported_at, c.closed_at, c.dispose_due_at,
    c.rework_count, c.rating,
    case when c.rating is not null then (
      select max(e.happened_at) from platform.event e
      where e.district_code = c.district_code and e.subject_id = c.id and e.type = 'case.rated') end as rated_at,
    c.exempted_at is not null as exempted
  from cases.case c;

insert into people.role_permission (role, permission, scope) values
  ('grid_worker', 'request.ask', 'organisation'),
  ('handler', 'request.ask', 'organisation'),
  ('dispatcher', 'request.review', 'district'),
  ('supervisor', 'request.review', 'district'),
  ('supervisor', 'request.approve', 'district'),
  ('leader', 'request.approve', 'area'),
  ('dispatcher', 'case.adjudicate', 'district'),
  ('supervisor', 'case.adjudicate', 'district');
