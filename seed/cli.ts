/**
 * `node seed/cli.ts basemap <folder>/<prefix>` makes seed/basemap anew from an OpenStreetMap extract (vector-tile layers as GeoJSON:
 * <prefix>_roads.geojson, _water, _landuse, _buildings). Only needed when the demonstration city moves to another place.
 */
import { writeFileSync } from 'node:fs'
import { reduceBasemap } from './basemap/reduce.ts'

const [command, path] = process.argv.slice(2)
if (command !== 'basemap' || !path) {
  console.error('Usage: node seed/cli.ts basemap <folder>/<prefix>')
  process.exitCode = 2
} else {
  for (const [name, features] of Object.entries(reduceBasemap(path))) {
    const text = `{"type":"FeatureCollection","features":[\n${features.map((feature) => JSON.stringify(feature)).join(',\n')}\n]}\n`
    writeFileSync(new URL(`./basemap/${name}.geojson`, import.meta.url), text)
    console.log(`${name}.geojson: ${features.length} features, ${Math.round(text.length / 1024)} KiB`)
  }
}
