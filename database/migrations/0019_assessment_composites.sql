-- Composites of figures, in points: what a city publishes as its score. The rows with the latest `effective_from` of a key are in force.
create schema assessment;

create table assessment.composite (
  key text not null,
  effective_from date not null,
  ordinal smallint not null,
  name jsonb not null,
  source jsonb not null,
  parts jsonb not null,
  constraint composite_pkey primary key (key, effective_from),
  constraint composite_name_has_chinese check (name ->> 'zh' is not null)
);
--@reference

insert into assessment.composite (key, effective_from, ordinal, name, source, parts) values
  ('jinniu', '2000-01-01', 1, '{"zh": "综合得分", "en": "Composite"}', '{"zh": "成都金牛区公开办法", "en": "Published by Jinniu District, Chengdu"}',
    '[{"key": "handled", "weight": 30, "complement": false}, {"key": "dispose_ontime", "weight": 20, "complement": false}, {"key": "rework", "weight": 20, "complement": true},
      {"key": "waiting_overdue", "weight": 20, "complement": true}, {"key": "extension", "weight": 10, "complement": true}]'),
  ('three_rates', '2000-01-01', 2, '{"zh": "三率得分", "en": "Three rates"}', '{"zh": "响应、解决、满意三率，权重取准格尔旗公开值", "en": "Answered, solved, satisfied, with the weights that Jungar Banner published"}',
    '[{"key": "respond_ontime", "weight": 30, "complement": false}, {"key": "handled", "weight": 35, "complement": false}, {"key": "satisfied", "weight": 35, "complement": false}]');
