-- A unit that a whistle summons objects once, as a lead does; its clocks run until somebody else than whoever let the whistle sound adjudicates.

-- `whistle_id`: the whistle that summoned the asking unit; null where the lead asks. `heard_organisation_id`: who is asked for its opinion, the unit
-- proposed instead, or where none is, the street that summons.
alter table cases.request
  add column whistle_id uuid,
  add column heard_organisation_id uuid;
update cases.request set heard_organisation_id = proposed_organisation_id;
alter table cases.request
  add constraint request_whistle foreign key (district_code, whistle_id) references cases.whistle (district_code, id),
  add constraint request_of_summoned_objects check (whistle_id is null or kind = 'objection');

-- Key of whoever let the whistle sound; he does not adjudicate.
alter table cases.whistle add column sounded_by text;
update cases.whistle w set sounded_by = (
  select case when e.actor_person_id is null then null else 'person:' || e.actor_person_id end from platform.event e
  where e.district_code = w.district_code and e.subject_id = w.case_id and e.type = 'whistle.sounded' and e.data ->> 'whistleId' = w.id::text
  order by e.recorded_at desc limit 1)
  where w.sounded_at is not null;

-- What was adjudicated about a summons is found the next time, and decides no dispatch. Without a unit nobody was summoned instead.
alter table cases.precedent
  add column summoned boolean not null default false,
  alter column organisation_id drop not null;
alter table cases.precedent
  add constraint precedent_names_unit check (organisation_id is not null or summoned),
  add constraint precedent_rule_of_leads check (not (is_rule and summoned));

insert into catalogue.setting (key, effective_from, value, meaning) values
  ('whistle.hearing.hours', '2000-01-01', '24', '{"zh": "被召集单位提出异议后，等对方意见多少小时才可裁定；对方答复后随时可裁定", "en": "Hours that the other side of a summoned unit’s objection has before it may be adjudicated without its opinion"}');
