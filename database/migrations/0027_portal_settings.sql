-- What the residents' portal tells of itself: whom to call, when somebody is there, and where the district's own pages are. Dated rows like every setting.
insert into catalogue.setting (key, effective_from, value, meaning) values
  ('portal.phone', '2000-01-01', '"12345"', '{"zh": "居民门户：求助电话，显示在每一页", "en": "Residents’ portal: telephone for help, shown on every page"}'),
  ('portal.hours.zh', '2000-01-01', '"每天 24 小时"', '{"zh": "居民门户：服务时间的说法，空着就不显示", "en": "Residents’ portal: the hours of service in Chinese; empty shows none"}'),
  ('portal.hours.en', '2000-01-01', '"day and night"', '{"zh": "居民门户：服务时间的英文说法", "en": "Residents’ portal: the hours of service in English"}'),
  ('portal.link', '2000-01-01', '""', '{"zh": "居民门户：本区网站的地址，以 https:// 开头，空着就不显示", "en": "Residents’ portal: address of the district’s own site, beginning with https://; empty shows none"}'),
  ('portal.link.zh', '2000-01-01', '"本区政府网站"', '{"zh": "居民门户：本区网站的名称", "en": "Residents’ portal: name of that site in Chinese"}'),
  ('portal.link.en', '2000-01-01', '"The district’s own site"', '{"zh": "居民门户：本区网站的英文名称", "en": "Residents’ portal: name of that site in English"}');
