-- What the cockpit, the wall, the briefing and the analysis count besides the figures, and the targets that a city sets itself.

-- Every call as it stands, merged and split ones too. The policy asks about the first columns; nothing here names a person.
create view cases.case_line as
  select c.district_code, c.id as case_id, c.area_code, c.organisation_ids, c.number, c.status, c.matter_name, c.lead_organisation_id, c.reported_at,
    c.closed_at, c.sample
  from cases.case c;

-- Every moment at which a case left the open ones (-1) or came back to them (1).
create view cases.case_turn as
  select e.district_code, e.subject_id as case_id, e.happened_at as at, e.type = 'case.reopened' as reopened,
    case when e.from_state in ('closed', 'rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over') then 1 else -1 end as change
  from platform.event e
  where e.subject_kind = 'case'
    and (e.from_state in ('closed', 'rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over'))
      <> (e.to_state in ('closed', 'rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over'));
create index event_turn on platform.event (happened_at)
  where subject_kind = 'case'
    and (from_state in ('closed', 'rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over'))
      <> (to_state in ('closed', 'rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over'));

-- When each rating was given.
create view cases.case_rating as
  select e.district_code, e.subject_id as case_id, e.happened_at as at
  from platform.event e
  where e.type = 'case.rated';
create index event_rated on platform.event (happened_at) where type = 'case.rated';

create view cases.whistle_sounded as
  select w.district_code, w.case_id, w.sounded_at as at
  from cases.whistle w
  where w.sounded_at is not null;

create view assignments.call_up_made as
  select a.district_code, a.subject_id as case_id, a.opened_at as at
  from assignments.assignment a
  where a.subject_kind = 'case' and a.why ->> 'rule' = 'called_up';

-- A period of figures reads what happened in it, and not every case there ever was.
create index case_ending on cases.case (least(closed_at, dispose_due_at));
create index case_closed on cases.case (closed_at) where closed_at is not null;
create index assignment_opened on assignments.assignment (opened_at) where purpose = 'handle';
create index milestone_moment on assignments.milestone (least(due_at, met_at));
create index milestone_met on assignments.milestone (met_at) where kind = 'dispose';
create index milestone_late on assignments.milestone (least(met_at, cancelled_at)) where met_at is null or met_at > due_at;

-- What a measure of the cockpit should reach, for an area and everything below it. Of each area the row with the latest `effective_from` is in force;
-- the nearest area decides. An empty code is the installation's own start, and no value means that the target was lifted.
create table assessment.target (
  measure text not null,
  area_code text not null,
  effective_from date not null,
  value double precision,
  constraint target_pkey primary key (measure, area_code, effective_from),
  constraint target_area_digits check (area_code ~ '^\d*$')
);
--@reference

insert into assessment.target (measure, area_code, effective_from, value) values
  ('dispose_ontime', '', '2000-01-01', 0.95),
  ('satisfied', '', '2000-01-01', 0.9),
  ('overdue', '', '2000-01-01', 0);

insert into people.role_permission (role, permission, scope) values
  ('supervisor', 'target.edit', 'district'),
  ('leader', 'target.edit', 'area');
