import { z } from 'zod'
import { CatalogueFile } from '#contexts/catalogue/index.ts'
import { StaffFile } from '#contexts/people/index.ts'
import { AreaProfile, areaLevels, datums } from '#contexts/territory/index.ts'
import { Refusal, type RefusalKind } from '#kernel/refusal.ts'

const Column = z.string().min(1).max(200)
const WordingText = z.strictObject({ zh: z.string().min(1), en: z.string().optional() })

const AreaFile = z.strictObject({
  file: z.string().min(1).describe('GeoJSON FeatureCollection, beside the profile'),
  level: z.enum(areaLevels),
  parentCode: z.string().regex(/^\d+$/).optional(),
  parentProperty: Column.optional(),
  codeProperty: Column.optional().describe('Without it codes are made from the key'),
  keyProperty: Column.optional().describe('Name of the area in the source, found by columns.areaKey'),
  nameProperty: Column.optional(),
  datum: z.enum(datums).default('WGS84'),
})

/** What a district needs before it can work: its areas, units and matters. */
const CitySetup = z.strictObject({
  city: z.strictObject({ code: z.string().regex(/^\d{4}$/), name: WordingText }),
  district: z.strictObject({ code: z.string().regex(/^\d{6}$/), name: WordingText }),
  areas: z.array(AreaFile).default([]),
  staff: StaffFile.optional(),
  catalogue: CatalogueFile.optional(),
})
export type CitySetup = z.infer<typeof CitySetup>

/** A city document: only what is made first, without a record to load. */
export const CityProfile = CitySetup.extend({ format: z.literal('huying-city/1') })

/** How to read another city's export. Documented in docs/guides/import-profile.md. */
export const ImportProfile = z.strictObject({
  format: z.literal('huying-import/1'),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,40}$/)
    .describe('Kept on every case as its source; with the key it makes a second import change nothing'),
  timeZone: z.string().refine(isZone, 'not a time zone of the IANA list').describe('IANA name; times without an offset are read in it'),
  timeFormat: z.string().default('iso').describe('`iso`, or a pattern of yyyy MM dd HH hh mm ss a'),
  delimiter: z.string().length(1).default(','),
  datum: z.enum(datums).default('WGS84'),
  columns: z.strictObject({
    key: Column.describe('Number of the case in the source; unique'),
    reportedAt: Column,
    dueAt: Column.optional().describe('The time that the source promised; an empty cell is no promise'),
    closedAt: Column.optional(),
    text: z.array(Column).min(1).describe('Joined into what the caller said'),
    address: Column.optional(),
    matter: Column.optional().describe('Class in the source; without it the words of the text decide'),
    areaKey: Column.optional(),
    lng: Column.optional(),
    lat: Column.optional(),
    status: Column.optional(),
    verdict: Column.optional().describe('The source’s own verdict, to compare with ours'),
  }),
  matters: z.record(z.string(), z.string()).default({}).describe('Value of columns.matter → code of a matter of the catalogue; `*` takes all others'),
  status: z
    .record(z.string(), z.enum(['open', 'closed']))
    .optional()
    .describe('Without it a case is closed when it has a closing time'),
  verdict: z.record(z.string(), z.enum(['on_time', 'overdue'])).optional(),
  districtCode: z
    .string()
    .regex(/^\d{6}$/)
    .describe('District of the rows that neither key nor coordinate locates'),
  setup: CitySetup.optional().describe(
    'What is made first where it does not exist yet: a district, its areas, units and matters. A running city has its own and leaves this out.',
  ),
})
export type ImportProfile = z.infer<typeof ImportProfile>

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

const Profile = z.discriminatedUnion('format', [ImportProfile, AreaProfile, CityProfile, CatalogueFile])
export type Profile = z.infer<typeof Profile>

const bad: RefusalKind = {
  status: 400,
  zh: '导入说明有误：{where}：{problem}。请按 docs/guides/import-profile.md 修改。',
  en: 'The import profile is wrong at {where}: {problem}. See docs/guides/import-profile.md.',
}

/** Reads a profile of any of the four formats: recorded cases, areas, a city to set up, or a catalogue. Refuses with the first place that is wrong. */
export function readProfile(text: string): Profile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Refusal('cases.profileWrong', bad, { where: 'JSON', problem: error instanceof Error ? error.message : '' })
  }
  const read = Profile.safeParse(value)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  throw new Refusal('cases.profileWrong', bad, { where: issue?.path.join('.') || '/', problem: issue?.message ?? '' })
}
