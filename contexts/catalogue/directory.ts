import { CatalogueFile } from './catalogue-file.ts'
import shipped from './data/directory-2026.json' with { type: 'json' }

/** Components and matters of GB/T 47678.5-2026 as drafts: codes, large classes and names. Limits, leads and words are the city's to write before it publishes. */
export const nationalDirectory: CatalogueFile = CatalogueFile.parse(shipped)
