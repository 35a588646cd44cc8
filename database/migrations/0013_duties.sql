-- Which work may go down to the grassroots, and on what terms.

-- 权随事转: a department's work that goes down to a street or community as lead, with what goes down with it. It ends by itself on `valid_to`, or earlier with a
-- reason. No condition code: all conditions of the matter. Everywhere else, and from the end on, the department leads.
create table catalogue.delegation (
  id uuid not null,
  matter_id uuid not null,
  condition_code text,
  organisation_id uuid not null,
  function_code text not null,
  level text not null,
  area_code text not null,
  authority jsonb not null,
  people jsonb,
  goods jsonb,
  money jsonb,
  legal_basis jsonb not null,
  valid_from date not null,
  valid_to date not null,
  signed_by text not null,
  ended_on date,
  end_reason text,
  constraint delegation_pkey primary key (id),
  constraint delegation_matter_known foreign key (matter_id) references catalogue.matter (id),
  constraint delegation_level_known check (level in ('street', 'community')),
  constraint delegation_area_code_digits check (area_code ~ '^\d{6,12}$'),
  constraint delegation_period_forward check (valid_to > valid_from),
  constraint delegation_means_given check (num_nonnulls(people, goods, money) > 0),
  constraint delegation_end_whole check (num_nonnulls(ended_on, end_reason) in (0, 2))
);
--@reference
create index delegation_matter on catalogue.delegation (matter_id);

insert into catalogue.setting (key, effective_from, value, meaning) values
  ('delegation.noticeDays', '2000-01-01', '30', '{"zh": "下放到期前多少天列为即将到期", "en": "Days before its end from which a delegation is listed as ending"}');

-- The residents' committee governs itself; it is not a fifth tier of government. Its own matters 自治 and those that it assists the government with 协助, each from a
-- day on. `area_code`: every community that begins so, or one. The most specific row decides, the latest of equals; `listed` false takes a matter off there.
create table catalogue.committee_duty (
  id uuid not null,
  list text not null,
  matter_id uuid not null,
  area_code text not null,
  listed boolean not null,
  valid_from date not null,
  valid_to date,
  request_id uuid,
  reason text,
  end_reason text,
  constraint committee_duty_pkey primary key (id),
  constraint committee_duty_matter_known foreign key (matter_id) references catalogue.matter (id),
  constraint committee_duty_list_known check (list in ('own', 'assist')),
  constraint committee_duty_area_code_digits check (area_code ~ '^\d{0,12}$'),
  constraint committee_duty_period_forward check (valid_to >= valid_from)
);
--@reference
create index committee_duty_matter on catalogue.committee_duty (matter_id);

-- What the committees did before there were lists they go on doing: the matters that a community or its grids lead. One row per matter, so its id serves.
insert into catalogue.committee_duty (id, list, matter_id, area_code, listed, valid_from)
  select v.matter_id, 'assist', v.matter_id, '', true, min(v.effective_from)
  from catalogue.matter_version v join catalogue.filing_condition c on c.matter_version_id = v.id
  where v.status <> 'draft' and c.lead_level in ('community', 'grid') group by v.matter_id;

-- 准入: a department asks to put a matter on the list of what committees assist with, and says what comes with it. The district decides once, with reasons.
create table catalogue.entry_request (
  id uuid not null,
  status text not null,
  matter_id uuid not null,
  organisation_id uuid not null,
  area_code text not null,
  reason text not null,
  legal_basis text not null,
  authority text,
  people text,
  money text,
  valid_from date not null,
  valid_to date not null,
  asked_at timestamptz(3) not null,
  asked_by uuid,
  decided_at timestamptz(3),
  decided_by uuid,
  decision_reason text,
  constraint entry_request_pkey primary key (id),
  constraint entry_request_matter_known foreign key (matter_id) references catalogue.matter (id),
  constraint entry_request_status_known check (status in ('asked', 'approved', 'refused')),
  constraint entry_request_area_code_digits check (area_code ~ '^\d{6,12}$'),
  constraint entry_request_period_forward check (valid_to > valid_from),
  constraint entry_request_means_given check (num_nonnulls(authority, people, money) > 0),
  constraint entry_request_decided_whole check (status = 'asked' or (decided_at is not null and decision_reason is not null))
);
--@reference
create index entry_request_status on catalogue.entry_request (status, asked_at);

insert into people.role_permission (role, permission, scope) values
  ('handler', 'duty.request', 'organisation'),
  ('dispatcher', 'duty.decide', 'district'),
  ('leader', 'duty.decide', 'area');

-- More kinds of organisation: a street's own offices 内设机构, and those who take part by a link without an account.
alter table people.organisation drop constraint organisation_kind_known;
alter table people.organisation add constraint organisation_kind_known check (kind in ('command_centre', 'department', 'street_office', 'internal_office', 'community', 'joint_team', 'party_organisation', 'mass_organisation', 'social_organisation', 'enterprise', 'building_head', 'villagers_representative', 'property_company', 'owners_committee'));
-- Counts the changes; a person who renames or ends an organisation names the one that was on the screen.
alter table people.organisation add column row_version integer not null default 1;

-- Names that an organisation bore before, until the day before `valid_to`.
create table people.former_name (
  organisation_id uuid not null,
  valid_from date not null,
  valid_to date not null,
  name jsonb not null,
  constraint former_name_pkey primary key (organisation_id, valid_to),
  constraint former_name_organisation_known foreign key (organisation_id) references people.organisation (id),
  constraint former_name_has_chinese check (name ->> 'zh' is not null)
);
--@reference

-- How organisations stand to each other beside the line of command: `member` of a joint team 联勤整治队伍, `party_of` the organisation beside which a party
-- organisation stands, `reports_to` the community to which a unit's party organisation reports 双报到. Between organisations only, never about a person.
create table people.organisation_tie (
  id uuid not null,
  kind text not null,
  organisation_id uuid not null,
  other_id uuid not null,
  valid_from date not null,
  valid_to date,
  constraint organisation_tie_pkey primary key (id),
  constraint organisation_tie_organisation_known foreign key (organisation_id) references people.organisation (id),
  constraint organisation_tie_other_known foreign key (other_id) references people.organisation (id),
  constraint organisation_tie_kind_known check (kind in ('member', 'party_of', 'reports_to')),
  constraint organisation_tie_of_two check (organisation_id <> other_id),
  constraint organisation_tie_period_forward check (valid_to >= valid_from)
);
--@reference
create index organisation_tie_organisation on people.organisation_tie (organisation_id);
create index organisation_tie_other on people.organisation_tie (other_id);

-- A link by which somebody without an account takes part: it opens the phone page for one post. The token itself is told once; here is its SHA-256.
create table people.post_link (
  id uuid not null,
  post_id uuid not null,
  token_hash text not null,
  valid_until date not null,
  created_at timestamptz(3) not null,
  created_by uuid,
  last_opened_at timestamptz(3),
  revoked_at timestamptz(3),
  constraint post_link_pkey primary key (id),
  constraint post_link_token_once unique (token_hash),
  constraint post_link_post_known foreign key (post_id) references people.post (id)
);
--@reference
create index post_link_post on people.post_link (post_id);

-- A browser that opened a link. It reaches that post and nothing else of the person.
create table people.link_session (
  token_hash text not null,
  link_id uuid not null,
  created_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  constraint link_session_pkey primary key (token_hash)
);
--@local
create index link_session_link on people.link_session (link_id);
create index link_session_expires on people.link_session (expires_at);

insert into people.role (code, name) values
  ('participant', '{"zh": "参与人", "en": "Participant"}');

insert into people.role_permission (role, permission, scope) values
  ('participant', 'case.read', 'organisation'),
  ('participant', 'case.contact', 'organisation'),
  ('participant', 'case.handle', 'organisation'),
  ('participant', 'case.report', 'area');
