import type { Catalogue } from '#contexts/catalogue/index.ts'
import type { Directory, Policy } from '#contexts/people/index.ts'
import type { Territory } from '#contexts/territory/index.ts'
import type { LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { RequestRules } from './requesting/kind.ts'

/** The rules in force, held in memory and replaced as a whole when one of them is published anew. */
export interface Rules {
  readonly on: LocalDate
  readonly territory: Territory
  readonly catalogue: Catalogue
  readonly directory: Directory
  readonly policy: Policy
  /** What may be asked, and the adjudications that dispatch follows. */
  readonly requests: RequestRules
  /** Districts that are open, in order of their codes. */
  readonly districts: readonly DistrictCode[]
  /** True while every open district is invented: screens and new cases then say 示例数据. */
  readonly sample: boolean
  /** District that takes a call which cannot be located, by channel; `undefined` where no district is open. */
  readonly defaultDistrict: (channel: string) => DistrictCode | undefined
}
