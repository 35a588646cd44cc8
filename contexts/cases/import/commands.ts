import { z } from 'zod'
import { importCatalogue } from '#contexts/catalogue/index.ts'
import { importPeople } from '#contexts/people/index.ts'
import { importAreaCodes, importAreaPolygons } from '#contexts/territory/index.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { openDistrict } from '#platform/district.ts'
import type { Doing } from '#platform/event.ts'
import { refusals } from '#kernel/refusal.ts'
import { setChannelDefaults } from '../commands.ts'
import type { CitySetup } from './profile.ts'

const validFrom = '2000-01-01' as LocalDate

const refuse = refusals('cases', {
  setupAreasRefused: {
    status: 422,
    zh: '区域文件“{file}”有 {count} 处不能导入，第 {line} 个要素：{reason}。该要素的属性有：{properties}',
    en: 'The area file “{file}” has {count} faults; feature {line}: {reasonEn}. Its properties are: {properties}',
  },
})

/**
 * Makes the district, areas, units and matters that a profile brings along; what exists already stays. `readArea` gives a GeoJSON file that lies beside the profile.
 */
export async function setUp(doing: Omit<Doing, 'commandId'>, setup: CitySetup, readArea: (file: string) => Promise<unknown>): Promise<void> {
  const fresh = (): Doing => ({ ...doing, commandId: newId() })
  await inTransaction(doing.database, (tx) => openDistrict(tx, { code: setup.district.code, name: setup.district.name }))
  const rows = [setup.city, setup.district].map(({ code, name }) => ({ code, name: name.zh, nameEn: name.en }))
  await importAreaCodes(fresh(), rows, { validFrom, columns: [{ code: 'code', name: 'name', nameEn: 'nameEn' }] })
  for (const { file, ...columns } of setup.areas) {
    const collection = await readArea(file)
    const report = await importAreaPolygons(fresh(), collection, { ...columns, validFrom })
    const [fault] = report.rejected
    if (fault) throw areasRefused(file, fault, report.rejected.length, collection)
  }
  if (setup.staff) await importPeople(fresh(), setup.staff)
  if (setup.catalogue) await importCatalogue(fresh(), setup.catalogue)
  await setChannelDefaults(doing.database, setup.district.code as DistrictCode)
}

const Features = z.object({ features: z.array(z.object({ properties: z.record(z.string(), z.unknown()) })) })

/** A wrong name of a property is the usual fault, so the names that are there are told. */
function areasRefused(file: string, { line, zh, en }: { line: number; zh: string; en: string }, count: number, collection: unknown): Error {
  const read = Features.safeParse(collection)
  const properties = read.success ? Object.keys(read.data.features[line - 1]?.properties ?? {}).join(', ') : ''
  return refuse.setupAreasRefused({ file, count, line, reason: zh, reasonEn: en, properties: properties || '—' })
}
