/** The door of territory: areas, their codes through time, and where a coordinate lies. */
export { areaLevels, type Area } from './area.ts'
export { datums, toCgcs2000, type Datum } from './datum.ts'
export type { Territory } from './territory.ts'
export { findArea, followArea, keepTerritory, loadTerritory } from './questions.ts'
export { importAreaCodes, importAreaPolygons, retireAreas } from './commands.ts'
export type { CodeColumns } from './code-list.ts'
export type { PolygonColumns } from './polygon-list.ts'
export type { ImportReport } from './import-report.ts'
