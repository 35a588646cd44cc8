-- Every move of a case reads its clocks.
create index milestone_subject on assignments.milestone (district_code, subject_id);
