-- 代班: who is away hands the work of a post to a colleague for some days. While it holds, the colleague has that post besides the own ones;
-- the post keeps working for its holder. Days and persons only: nothing is kept about why. In force from `valid_from` until the day before `valid_to`.
create table people.stand_in (
  id uuid not null,
  post_id uuid not null,
  person_id uuid not null,
  valid_from date not null,
  valid_to date not null,
  given_at timestamptz(3) not null,
  given_by uuid not null,
  ended_at timestamptz(3),
  constraint stand_in_pkey primary key (id),
  constraint stand_in_post_known foreign key (post_id) references people.post (id),
  constraint stand_in_person_known foreign key (person_id) references people.person (id),
  constraint stand_in_giver_known foreign key (given_by) references people.person (id),
  constraint stand_in_period_forward check (valid_to > valid_from)
);
--@reference
create index stand_in_post on people.stand_in (post_id, valid_to) where ended_at is null;
create index stand_in_person on people.stand_in (person_id, valid_to) where ended_at is null;
