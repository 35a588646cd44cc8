import { expect, test } from 'vitest'
import { weigh, type Manifest } from './budgets.ts'

const manifest: Manifest = {
  'index.html': { file: 'assets/index.js', isEntry: true, imports: ['_vue.js'], css: ['assets/index.css'] },
  '_vue.js': { file: 'assets/vue.js', imports: ['_shared.js'], css: ['assets/vue.css'] },
  '_shared.js': { file: 'assets/shared.js', imports: ['_vue.js'] },
  'Map.vue': { file: 'assets/map.js', isDynamicEntry: true, imports: ['_vue.js'], css: ['assets/map.css'] },
}
const sizes: Record<string, number> = { 'index.js': 10, 'vue.js': 30, 'shared.js': 5, 'map.js': 120, 'index.css': 3, 'vue.css': 1, 'map.css': 2 }
const sizeOf = (file: string): number => sizes[file.replace('assets/', '')] ?? Number.NaN

test('what an entry loads at once counts each file once, and what is loaded later counts alone', () => {
  expect(weigh(manifest, { initialJs: 90, initialCss: 20, lazyChunk: 130 }, sizeOf)).toEqual([
    { what: 'index.html: initial script', kilobytes: 45, limit: 90 },
    { what: 'index.html: initial style', kilobytes: 4, limit: 20 },
    { what: 'Map.vue: lazy chunk', kilobytes: 120, limit: 130 },
  ])
})
