-- What residents may take back, answers kept between the pages of a form, and tracking by number and telephone.

-- When the caller rated, and when the case had been closed before a rating reopened it: within ten minutes both can be taken back.
alter table cases.case
  add column rated_at timestamptz(3),
  add column closed_before timestamptz(3);

-- Answers of a report on their way through the pages, for a browser without a script. Encrypted; gone after an hour or when sent.
create table cases.report_draft (
  key_hash text not null,
  box text not null,
  expires_at timestamptz(3) not null,
  constraint report_draft_pkey primary key (key_hash)
);
--@local
create index report_draft_expires on cases.report_draft (expires_at);

create table cases.report_draft_photo (
  key_hash text not null,
  id uuid not null,
  full_box text not null,
  small_box text not null,
  constraint report_draft_photo_pkey primary key (key_hash, id),
  constraint report_draft_photo_draft foreign key (key_hash) references cases.report_draft (key_hash) on delete cascade
);
--@local

-- Wrong ends of telephone numbers told for a case, so that nobody tries all ten thousand. Rows are forgotten with the hour that they count.
create table cases.tracking_attempt (
  district_code text not null,
  case_id uuid not null,
  since timestamptz(3) not null,
  wrong smallint not null,
  constraint tracking_attempt_pkey primary key (district_code, case_id)
);
--@distribute

-- What somebody reported lately, for the tiles of his own phone page.
create index case_step_collected on cases.case_step (district_code, actor_key, at desc) where step = 'collect';
