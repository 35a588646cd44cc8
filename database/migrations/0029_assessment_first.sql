-- Which unit a case was given to first, known when it is given and not looked for again whenever figures are counted.
alter table assignments.assignment add column is_first boolean not null default true;
comment on column assignments.assignment.is_first is 'True of the assignment that handles its subject first; what was recalled is not counted. Without meaning where purpose or state is another.';

update assignments.assignment a set is_first = false
  where a.purpose = 'handle' and a.state <> 'recalled' and exists (
    select 1 from assignments.assignment o
    where o.district_code = a.district_code and o.subject_id = a.subject_id and o.purpose = 'handle' and o.state <> 'recalled' and (o.opened_at, o.id) < (a.opened_at, a.id));

create or replace view assignments.first_dispatch as
  select a.district_code, a.subject_id as case_id, a.organisation_id, a.state, a.opened_at
  from assignments.assignment a
  where a.subject_kind = 'case' and a.purpose = 'handle' and a.state <> 'recalled' and a.is_first;

drop index assignments.assignment_first;
drop index assignments.assignment_opened;
create index assignment_first on assignments.assignment (district_code, opened_at) include (subject_id, organisation_id, state)
  where subject_kind = 'case' and purpose = 'handle' and state <> 'recalled' and is_first;

-- A rating with all that its share reads.
drop index cases.case_rated;
create index case_rated on cases.case (district_code, rated_at) include (id, area_code, status, rating, exempted_at, lead_organisation_id, merged_into)
  where rated_at is not null;
