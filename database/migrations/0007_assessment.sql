-- Figures are counted from views that the contexts below publish; assessment keeps no rows of its own.

-- One row per clock with a due time of a case. A clock that was stopped before its limit asks nothing of anybody.
create view assignments.clock_result as
  select m.district_code, m.subject_id as case_id, m.id, m.kind, m.starts_at, m.due_at, m.met_at, m.cancelled_at
  from assignments.milestone m
  join assignments.assignment a on a.district_code = m.district_code and a.id = m.assignment_id
  where a.subject_kind = 'case' and m.due_at is not null and (m.cancelled_at is null or m.due_at <= m.cancelled_at);

-- The first dispatch of each case and what the unit did with it.
create view assignments.first_dispatch as
  select a.district_code, a.subject_id as case_id, a.organisation_id, a.state, a.opened_at
  from assignments.assignment a
  where a.subject_kind = 'case' and not exists (
    select 1 from assignments.assignment o
    where o.district_code = a.district_code and o.subject_id = a.subject_id and (o.opened_at, o.id) < (a.opened_at, a.id));

-- What became of a case. The first three columns after the key are those that the policy asks about; nothing here names a person.
create view cases.case_result as
  select c.district_code, c.id, c.area_code, c.lead_organisation_id, c.number, c.status, c.matter_name, c.reported_at, c.closed_at, c.dispose_due_at,
    c.rework_count, c.rating,
    case when c.rating is not null then (
      select max(e.happened_at) from platform.event e
      where e.district_code = c.district_code and e.subject_id = c.id and e.type = 'case.rated') end as rated_at
  from cases.case c;

-- The reach of figures is the reach of the case list, so that a number never counts what its reader cannot open.
insert into people.role_permission (role, permission, scope) values
  ('handler', 'figures.read', 'organisation'),
  ('inspector', 'figures.read', 'area'),
  ('dispatcher', 'figures.read', 'district'),
  ('supervisor', 'figures.read', 'district'),
  ('leader', 'figures.read', 'area');
