-- What the map of everything needs: borders found by their box, open cases by their coordinate, and the base map that a city may bring.
create index area_version_box on territory.area_version using gist (box(point(west, south), point(east, north))) where geometry is not null;
create index case_open_point on cases.case (district_code) include (status, area_code, clock_due_at, clock_soon_at, lng, lat)
  where status not in ('closed', 'rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over');

-- The base map under the areas. Without a row the map shows the city's own drawing and no request leaves the house.
create table territory.base_map (
  only_row boolean not null default true,
  kind text not null,
  -- Addresses of pictures with {z}, {x} and {y}; labels lie above the ground where a service has them apart.
  tiles text not null,
  labels text,
  projection text not null,
  min_zoom smallint not null,
  max_zoom smallint not null,
  -- 审图号: shown on the map wherever it is shown.
  approval text,
  attribution text not null,
  set_by uuid not null,
  set_at timestamptz(3) not null,
  constraint base_map_pkey primary key (only_row),
  constraint base_map_only_row check (only_row),
  constraint base_map_kind_known check (kind in ('tianditu', 'wmts', 'xyz')),
  constraint base_map_projection_known check (projection in ('EPSG:3857', 'EPSG:4490')),
  constraint base_map_zooms check (0 <= min_zoom and min_zoom <= max_zoom and max_zoom <= 22)
);
--@reference
