-- Areas of the five levels (and the provinces above them in the national lists), with their dated codes, names, parents and borders.
create schema territory;

-- Identity only. What an area is called, which code it has and where it lies is dated and stands in area_version.
create table territory.area (
  id uuid not null,
  level text not null,
  grid_kind text not null default 'none',
  constraint area_pkey primary key (id),
  -- So that a version can name the level and kind of its area and the database can compare them.
  constraint area_kind unique (id, level, grid_kind),
  constraint area_level_known check (level in ('province', 'city', 'district', 'street', 'community', 'grid')),
  constraint area_grid_kind_known check (grid_kind in ('none', 'service', 'unit') and (level = 'grid') = (grid_kind <> 'none'))
);
--@reference

-- An area from valid_from until the day before valid_to. parent_id is the statistical parent, whose code begins this one's;
-- administering_parent_id is set only where another area governs (代管, development zones).
create table territory.area_version (
  id uuid not null,
  area_id uuid not null,
  level text not null,
  grid_kind text not null default 'none',
  code text not null,
  name jsonb not null,
  parent_id uuid,
  administering_parent_id uuid,
  valid_from date not null,
  valid_to date,
  successor_id uuid,
  source_key text,
  -- GeoJSON Polygon or MultiPolygon in CGCS2000, converted from source_datum on import.
  geometry jsonb,
  source_datum text,
  west double precision,
  south double precision,
  east double precision,
  north double precision,
  changed_at timestamptz(3) not null,
  constraint area_version_pkey primary key (id),
  constraint area_version_area foreign key (area_id, level, grid_kind) references territory.area (id, level, grid_kind),
  constraint area_version_parent foreign key (parent_id) references territory.area (id),
  constraint area_version_administering_parent foreign key (administering_parent_id) references territory.area (id),
  constraint area_version_successor foreign key (successor_id) references territory.area (id),
  constraint area_version_starts_once unique (area_id, valid_from),
  -- Service grids and unit grids of one community are numbered apart, so the kind belongs to the code.
  constraint area_version_code_starts_once unique (code, grid_kind, valid_from),
  constraint area_version_code_digits check (code ~ '^\d+$' and length(code) =
    case level when 'province' then 2 when 'city' then 4 when 'district' then 6 when 'street' then 9 when 'community' then 12 else 15 end),
  constraint area_version_has_parent check (parent_id is not null or level in ('province', 'city')),
  constraint area_version_lasts check (valid_to > valid_from),
  constraint area_version_successor_at_end check (successor_id is null or valid_to is not null),
  constraint area_version_name_zh check (name ? 'zh'),
  constraint area_version_datum_known check (source_datum in ('CGCS2000', 'WGS84', 'GCJ02', 'BD09')),
  constraint area_version_border_whole check (num_nulls(geometry, source_datum, west, south, east, north) in (0, 6))
);
--@reference
create unique index area_version_open_area on territory.area_version (area_id) where valid_to is null;
create unique index area_version_open_code on territory.area_version (code, grid_kind) where valid_to is null;
create unique index area_version_open_key on territory.area_version (source_key) where valid_to is null;
create index area_version_parent_area on territory.area_version (parent_id);
create index area_version_level_west on territory.area_version (level, west);

-- One row, with a new id after every change of areas: processes that hold the territory in memory compare it.
create table territory.edition (
  only_row boolean not null default true,
  id uuid not null,
  constraint edition_pkey primary key (only_row),
  constraint edition_only_row check (only_row)
);
--@reference
