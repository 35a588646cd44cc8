-- One call said by many, many calls in one, and calls that cannot wait.

-- What makes two calls likely to be one. Days by kind of work: an emergency is over in days, a broken thing waits for weeks.
insert into catalogue.setting (key, effective_from, value, meaning) values
  ('duplicate.metres', '2000-01-01', '200', '{"zh": "疑似重复：两件反映相距不超过多少米", "en": "Duplicates: how many metres apart two calls may be"}'),
  ('duplicate.days.patrol', '2000-01-01', '7', '{"zh": "疑似重复：巡查类事项相隔不超过多少天", "en": "Duplicates: how many days apart, for patrol work"}'),
  ('duplicate.days.emergency', '2000-01-01', '3', '{"zh": "疑似重复：应急类事项相隔不超过多少天", "en": "Duplicates: how many days apart, for emergency work"}'),
  ('duplicate.days.daily', '2000-01-01', '30', '{"zh": "疑似重复：日常类事项相隔不超过多少天", "en": "Duplicates: how many days apart, for daily work"}'),
  ('duplicate.closedDays', '2000-01-01', '7', '{"zh": "疑似重复：结案后多少天内仍提示", "en": "Duplicates: days after closing during which a case is still proposed"}'),
  ('duplicate.floor', '2000-01-01', '0.6', '{"zh": "疑似重复：达到此相似度才提示", "en": "Duplicates: likeness from which a case is proposed"}'),
  ('duplicate.copyFloor', '2000-01-01', '0.6', '{"zh": "疑似重复：文字相近到此程度时不看位置", "en": "Duplicates: likeness of words from which the place need not be known"}');

-- Words of danger by the number to dial, with spaces between them. A call with one of them waits on top for a person.
insert into catalogue.setting (key, effective_from, value, meaning) values
  ('danger.119', '2000-01-01', '"着火 起火 失火 烧起来 浓烟滚滚 煤气泄漏 煤气泄露 燃气泄漏 燃气泄露 天然气泄漏 天然气泄露 煤气味 燃气味 爆炸 坍塌 楼塌 房子塌 被困电梯 困在电梯 溺水 落水 掉进河 掉到河"', '{"zh": "险情词：先拨 119（消防救援）", "en": "Words of danger: dial 119 first (fire and rescue)"}'),
  ('danger.120', '2000-01-01', '"昏迷 晕倒 不省人事 没有呼吸 心脏骤停 大出血 触电 服毒 喝农药 割腕"', '{"zh": "险情词：先拨 120（医疗急救）", "en": "Words of danger: dial 120 first (ambulance)"}'),
  ('danger.110', '2000-01-01', '"持刀 砍人 拿着刀 抢劫 绑架 要跳楼 想跳楼 跳楼了 轻生 要自杀 想自杀 打架斗殴 正在打架"', '{"zh": "险情词：先拨 110（公安）", "en": "Words of danger: dial 110 first (police)"}'),
  ('danger.122', '2000-01-01', '"撞人 撞到人 撞伤 车祸 翻车"', '{"zh": "险情词：先拨 122（交通事故）", "en": "Words of danger: dial 122 first (traffic accidents)"}');

-- `place_reason`: names of areas in the words of the call. `text_marks`: near-copies share one (contexts/cases/merging/words.ts).
-- `merged_into`: the case that answers for this one. `parent_id`: the call of several matters of which this is one. `hand_over`: to whom an emergency went, and when.
alter table cases.case
  add column place_reason jsonb,
  add column text_marks integer[] not null default '{}',
  add column merged_into uuid,
  add column parent_id uuid,
  add column hand_over jsonb,
  drop constraint case_status_known,
  add constraint case_status_known check (status in ('reported', 'filed', 'dispatched', 'contacted', 'handled', 'checked', 'closed', 'reopened', 'rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over')),
  add constraint case_merged_has_main check ((status = 'merged') = (merged_into is not null)),
  add constraint case_handed_over_told check ((status = 'handed_over') = (hand_over is not null)),
  add constraint case_main foreign key (district_code, merged_into) references cases.case (district_code, id),
  add constraint case_parent foreign key (district_code, parent_id) references cases.case (district_code, id);
drop index cases.case_open;
create index case_open on cases.case (district_code, clock_due_at, reported_at, id) where status not in ('closed', 'rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over');
create index case_main on cases.case (district_code, merged_into) where merged_into is not null;
create index case_parent on cases.case (district_code, parent_id) where parent_id is not null;

-- Where calls like a new one are looked for: near its point, in its community, with its words, from its telephone.
create index case_point on cases.case using gist (point(lng, lat)) where lng is not null and lat is not null;
create index case_community on cases.case (district_code, left(area_code, 12), reported_at);
create index case_text on cases.case using gin (text_marks) with (fastupdate = off);
-- Marks are as good as random: with statistics the planner expects one case in nine to share one, and reads the table.
alter table cases.case alter column text_marks set statistics 0;
create index caller_phone on cases.caller (district_code, phone_hash) where phone_hash is not null;

-- A merged call counts once, with its main case; a split one with its parts.
create or replace view cases.case_result as
  select c.district_code, c.id, c.area_code, c.lead_organisation_id, c.number, c.status, c.matter_name, c.reported_at, c.closed_at, c.dispose_due_at,
    c.rework_count, c.rating,
    case when c.rating is not null then (
      select max(e.happened_at) from platform.event e
      where e.district_code = c.district_code and e.subject_id = c.id and e.type = 'case.rated') end as rated_at,
    c.exempted_at is not null as exempted
  from cases.case c
  where c.status not in ('merged', 'split');
