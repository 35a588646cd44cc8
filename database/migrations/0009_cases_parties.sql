-- Several units may have a part in one case: `organisation_ids` may read it, `awaited_organisation_ids` owe an answer now. Both follow from the assignments.
alter table cases.case
  add column organisation_ids uuid[] not null default '{}',
  add column awaited_organisation_ids uuid[] not null default '{}';

update cases.case set organisation_ids = array[lead_organisation_id],
  awaited_organisation_ids = case when status in ('dispatched', 'contacted') then array[lead_organisation_id] else '{}' end
  where lead_organisation_id is not null;

create index case_party on cases.case using gin (organisation_ids);
create index case_awaited on cases.case using gin (awaited_organisation_ids);
drop index cases.case_holder;

-- The figures of a case are those of the units that led it.
create or replace view assignments.clock_result as
  select m.district_code, m.subject_id as case_id, m.id, m.kind, m.starts_at, m.due_at, m.met_at, m.cancelled_at
  from assignments.milestone m
  join assignments.assignment a on a.district_code = m.district_code and a.id = m.assignment_id
  where a.subject_kind = 'case' and a.purpose = 'handle' and m.due_at is not null and (m.cancelled_at is null or m.due_at <= m.cancelled_at);

create or replace view assignments.first_dispatch as
  select a.district_code, a.subject_id as case_id, a.organisation_id, a.state, a.opened_at
  from assignments.assignment a
  where a.subject_kind = 'case' and a.purpose = 'handle' and not exists (
    select 1 from assignments.assignment o
    where o.district_code = a.district_code and o.subject_id = a.subject_id and o.purpose = 'handle' and (o.opened_at, o.id) < (a.opened_at, a.id));
