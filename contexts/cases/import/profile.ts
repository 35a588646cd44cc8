import { z } from 'zod'
import { CatalogueFile } from '#contexts/catalogue/index.ts'
import { StaffFile } from '#contexts/people/index.ts'
import { AreaProfile, areaLevels, datums } from '#contexts/territory/index.ts'
import { Refusal, type RefusalKind } from '#kernel/refusal.ts'
import { faultOfFormat } from './time.ts'

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

const Recorded = z.strictObject({
  format: z.literal('huying-import/1'),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,40}$/)
    .describe('Kept on every case as its source; with the key it makes a second import change nothing'),
  timeZone: z.string().refine(isZone, 'not a time zone of the IANA list').describe('IANA name; times without an offset are read in it'),
  timeFormat: z
    .string()
    .default('iso')
    .superRefine((format, context) => {
      const message = faultOfFormat(format)
      if (message !== null) context.addIssue({ code: 'custom', message })
    })
    .describe('`iso`, or a pattern of yyyy MM dd HH hh mm ss a'),
  encoding: z.string().default('utf-8').refine(isEncoding, 'no encoding that is known; use utf-8, gb18030 (GBK, GB2312), big5, utf-16le …'),
  delimiter: z.string().length(1, 'one character; a tab is "\\t"').default(','),
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

/** How to read another city's export. Documented in docs/guides/import-profile.md. What could only be a slip (half of a pair) is refused rather than passed over. */
export const ImportProfile = Recorded.superRefine(({ columns, matters, status, verdict }, context) => {
  const told = (given: boolean, path: string[], message: string): void => {
    if (given) context.addIssue({ code: 'custom', path, message })
  }
  const isEmpty = Object.keys(matters).length === 0
  told(columns.lng !== undefined && columns.lat === undefined, ['columns', 'lat'], 'lng and lat belong together')
  told(columns.lat !== undefined && columns.lng === undefined, ['columns', 'lng'], 'lng and lat belong together')
  told(columns.matter !== undefined && isEmpty, ['matters'], 'says which matter each value of columns.matter means, at least {"*": code}')
  told(columns.matter === undefined && !isEmpty, ['columns', 'matter'], 'matters needs the column whose values it maps')
  told(columns.status !== undefined && status === undefined, ['status'], 'says which values of columns.status mean open and closed')
  told(columns.status === undefined && status !== undefined, ['columns', 'status'], 'status needs the column whose values it maps')
  told(columns.verdict !== undefined && verdict === undefined, ['verdict'], 'says which values of columns.verdict mean on_time and overdue')
  told(columns.verdict === undefined && verdict !== undefined, ['columns', 'verdict'], 'verdict needs the column whose values it maps')
})
export type ImportProfile = z.infer<typeof ImportProfile>

function isEncoding(name: string): boolean {
  try {
    new TextDecoder(name)
    return true
  } catch {
    return false
  }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

const formats = ['huying-import/1', 'huying-areas/1', 'huying-city/1', 'huying-catalogue/1'] as const
const Profile = z.discriminatedUnion('format', [ImportProfile, AreaProfile, CityProfile, CatalogueFile])
export type Profile = z.infer<typeof Profile>

const bad: RefusalKind = {
  status: 400,
  zh: '导入说明有误：{faults}。请按 docs/guides/import-profile.md 修改。',
  en: 'The import profile is wrong at {faults}. See docs/guides/import-profile.md.',
}
/** More than these help nobody: they mostly follow from the first. */
const MOST_FAULTS = 8

/** Reads a profile of any of the four formats: recorded cases, areas, a city to set up, or a catalogue. Refuses with the places that are wrong. */
export function readProfile(text: string): Profile {
  const wrong = (faults: string): Refusal => new Refusal('cases.profileWrong', bad, { faults })
  let value: unknown
  try {
    // An editor of Windows may put a mark before the first brace.
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw wrong(`JSON: ${error instanceof Error ? error.message : ''}`)
  }
  const format: unknown = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined
  if (!formats.some((one) => one === format)) throw wrong(`format: ${JSON.stringify(format) ?? '—'} (${formats.join(', ')})`)
  const read = Profile.safeParse(value)
  if (read.success) return read.data
  const faults = read.error.issues.map((issue) => `${issue.path.join('.') || '/'}: ${issue.message}`)
  throw wrong([...faults.slice(0, MOST_FAULTS), ...(faults.length > MOST_FAULTS ? [`… (${faults.length})`] : [])].join('; '))
}
