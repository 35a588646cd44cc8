import { z } from 'zod'
import { areaLevels, gridKinds } from './area.ts'
import { BuildingColumns, HouseholdColumns } from './buildings/list.ts'
import { datums } from './datum.ts'

const Column = z.string().min(1).max(200)

const CodeList = z
  .array(
    z.strictObject({
      code: Column,
      name: Column,
      nameEn: Column.optional(),
      parent: Column.optional(),
      administeringParent: Column.optional().describe('代管: who governs, where it is not the statistical parent'),
      gridKind: z.enum(gridKinds).optional(),
    }),
  )
  .min(1)

const Polygons = z.strictObject({
  level: z.enum(areaLevels),
  gridKind: z.enum(gridKinds).optional(),
  datum: z.enum(datums),
  codeProperty: Column.optional().describe('Without it codes are made from the key'),
  keyProperty: Column.optional(),
  parentProperty: Column.optional(),
  parentCode: z.string().regex(/^\d+$/).optional(),
  administeringParentProperty: Column.optional(),
  nameProperty: Column.optional(),
  nameEnProperty: Column.optional(),
})

/** How to read a file of places: areas as a code list (CSV, one entry of `codes` per level on a line) or as borders (GeoJSON), buildings, or dwellings (CSV). */
export const AreaProfile = z
  .strictObject({
    format: z.literal('huying-areas/1'),
    validFrom: z.iso.date().describe('First day on which the file holds'),
    codes: CodeList.optional(),
    polygons: Polygons.optional(),
    buildings: BuildingColumns.optional(),
    households: HouseholdColumns.optional(),
    open: z
      .array(z.strictObject({ code: z.string().regex(/^\d{6}$/), name: z.strictObject({ zh: z.string().min(1), en: z.string().optional() }) }))
      .default([])
      .describe('Districts that begin to work with the product'),
  })
  .refine(
    ({ codes, polygons, buildings, households }) => [codes, polygons, buildings, households].filter((one) => one !== undefined).length === 1,
    'give one of codes, polygons, buildings or households',
  )
export type AreaProfile = z.infer<typeof AreaProfile>
