-- A merged call ended with its main case, but its caller rates the answer all the same: the rating counts where and for whom the main case counts.
-- The columns are those of cases.case_result, and then `main_id`, the case that answered it.
create view cases.merged_rating as
  select c.district_code, c.id, m.area_code, m.lead_organisation_id, c.number, c.status, m.matter_name, c.reported_at, null::timestamptz(3) as closed_at,
    null::timestamptz(3) as dispose_due_at, c.rework_count, c.rating, (
      select max(e.happened_at) from platform.event e
      where e.district_code = c.district_code and e.subject_id = c.id and e.type = 'case.rated') as rated_at,
    false as exempted, m.id as main_id
  from cases.case c
  join cases.case m on m.district_code = c.district_code and m.id = c.merged_into
  where c.status = 'merged' and c.rating is not null;
