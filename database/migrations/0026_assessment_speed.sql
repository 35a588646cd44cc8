-- Figures over a million cases: each is counted from its own few rows of a period, and the views say at once what a reader's rights ask about.

-- A case keeps when it was rated (0023); what was rated before that column is told by its event.
update cases.case c set rated_at = (
    select max(e.happened_at) from platform.event e where e.district_code = c.district_code and e.subject_id = c.id and e.type = 'case.rated')
  where c.rating is not null and c.rated_at is null;
create index case_rated on cases.case (district_code, rated_at) where rated_at is not null;

drop view cases.merged_rating;
drop view cases.case_rating;
drop view cases.case_reader;
drop view cases.case_result;
drop view assignments.clock_holder;
drop view assignments.clock_result;
drop index platform.event_rated;

-- What became of a case; nothing here names a person. A merged call counts once, with its main case, and a split one with its parts.
-- 超时申诉: the statistic is exempted, the raw fact stays where it is. `organisation_ids` have a part in the case and may open it.
create view cases.case_result as
  select c.district_code, c.id, c.area_code, c.lead_organisation_id, c.number, c.status, c.matter_name, c.reported_at, c.closed_at, c.dispose_due_at,
    c.rework_count, c.rating, c.rated_at, c.exempted_at is not null as exempted, c.organisation_ids
  from cases.case c
  where c.status not in ('merged', 'split');

-- The few cases that figures do not count as any other: what happened to a merged or split one counts elsewhere.
create view cases.case_apart as
  select c.district_code, c.id, c.status in ('merged', 'split') as counts_elsewhere, c.exempted_at is not null as exempted
  from cases.case c
  where c.status in ('merged', 'split') or c.exempted_at is not null;

-- A merged call ended with its main case, but its caller rates the answer all the same: the rating counts where and for whom the main case counts.
-- The columns are those of cases.case_result, and then `main_id`, the case that answered it.
create view cases.merged_rating as
  select c.district_code, c.id, m.area_code, m.lead_organisation_id, c.number, c.status, m.matter_name, c.reported_at, null::timestamptz(3) as closed_at,
    null::timestamptz(3) as dispose_due_at, c.rework_count, c.rating, c.rated_at, false as exempted, m.organisation_ids, m.id as main_id
  from cases.case c
  join cases.case m on m.district_code = c.district_code and m.id = c.merged_into
  where c.status = 'merged' and c.rating is not null;

-- A clock says itself for which unit it runs and whether that unit leads a case: both are asked of every clock of a period, and of nothing else in the assignment.
alter table assignments.milestone
  add column organisation_id uuid,
  add column leads boolean;
update assignments.milestone m set organisation_id = a.organisation_id, leads = a.subject_kind = 'case' and a.purpose = 'handle'
  from assignments.assignment a where a.district_code = m.district_code and a.id = m.assignment_id;
alter table assignments.milestone
  alter column organisation_id set not null,
  alter column leads set not null;

-- One row per clock with a due time of a case, and the unit that it ran for: lateness counts for whoever was late, and never for those who were called or
-- who called. A clock that was stopped before its limit asks nothing of anybody; one that stands still runs out of nothing, unless it had run out before.
create view assignments.clock_result as
  select m.district_code, m.subject_id as case_id, m.id, m.kind, m.starts_at, m.due_at, m.met_at, m.cancelled_at, m.extensions > 0 as extended, m.organisation_id
  from assignments.milestone m
  where m.leads and m.due_at is not null and (m.cancelled_at is null or m.due_at <= m.cancelled_at) and (m.paused_at is null or m.due_at <= m.paused_at);

-- Each index holds all that one count of a period reads, so that a month of a big district is some thousand pages and not some hundred thousand.
drop index assignments.milestone_moment;
drop index assignments.milestone_met;
drop index assignments.milestone_late;
drop index assignments.assignment_opened;
drop index cases.case_ending;
drop index cases.case_closed;
drop index cases.case_newest;
create index milestone_moment on assignments.milestone (district_code, least(due_at, met_at), kind)
  include (subject_id, organisation_id, due_at, met_at, cancelled_at, paused_at, extensions) where leads and due_at is not null;
create index milestone_met on assignments.milestone (district_code, met_at) include (subject_id, starts_at, due_at, cancelled_at, paused_at)
  where leads and due_at is not null and kind = 'dispose';
create index milestone_late on assignments.milestone (district_code, coalesce(least(met_at, cancelled_at), 'infinity'))
  include (subject_id, due_at, met_at, cancelled_at, paused_at) where leads and due_at is not null and (met_at is null or met_at > due_at);
create index assignment_opened on assignments.assignment (district_code, opened_at) include (subject_id, id, organisation_id, state)
  where subject_kind = 'case' and purpose = 'handle' and state <> 'recalled';
create index assignment_first on assignments.assignment (district_code, subject_id, opened_at, id) where purpose = 'handle' and state <> 'recalled';
create index assignment_rework on assignments.assignment (district_code, subject_id, organisation_id)
  where subject_kind = 'case' and purpose = 'handle' and state <> 'recalled' and round > 1;
create index case_ending on cases.case (district_code, least(closed_at, dispose_due_at))
  include (id, closed_at, dispose_due_at, area_code, status, lead_organisation_id, exempted_at, organisation_ids) where status not in ('merged', 'split');
create index case_closed on cases.case (district_code, closed_at) include (id, area_code, status, organisation_ids) where closed_at is not null;
create index case_figure on cases.case (district_code, id) include (area_code, status, exempted_at, organisation_ids);
create index case_set_apart on cases.case (district_code, id) include (status, exempted_at) where status in ('merged', 'split') or exempted_at is not null;
-- What the planner must know of two expressions, or it takes a month for an hour.
create statistics assignments.milestone_moments on (least(due_at, met_at)) from assignments.milestone;
create statistics cases.case_endings on (least(closed_at, dispose_due_at)) from cases.case;
create index case_newest on cases.case (district_code, reported_at desc, id desc) include (area_code, status, organisation_ids);

-- The clocks of a subject, which every move of it locks.
create index milestone_subject on assignments.milestone (district_code, subject_id);

-- Turns of cases with all that a trend reads of them.
drop index platform.event_turn;
create index event_turn on platform.event (district_code, happened_at) include (subject_id, type, from_state, to_state)
  where subject_kind = 'case'
    and (from_state in ('closed', 'rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over'))
      <> (to_state in ('closed', 'rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over'));

-- The squares of the map (Web Mercator, 64 pixels at zoom 22) are kept, so that drawing them computes no logarithms. Written as contexts/cases/mapping/store.ts asks.
drop index cases.case_open_point;
create index case_open_cell on cases.case (district_code, floor((lng + 180) / 360 * 16777216::float8),
    floor((1 - ln(tan(radians(least(85::float8, greatest(-85::float8, lat)))) + 1 / cos(radians(least(85::float8, greatest(-85::float8, lat))))) / pi()) / 2 * 16777216::float8))
  include (status, area_code, clock_due_at, clock_soon_at, lng, lat)
  where status not in ('closed', 'rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over');
