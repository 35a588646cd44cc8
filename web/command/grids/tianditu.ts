/** Address of a layer of 天地图: `vec` ground or `cva` names, in Web Mercator (matrix `w`) or degrees (matrix `c`). One host, so that the content policy names one. */
export function tiandituAddress(layer: 'vec' | 'cva', projection: 'EPSG:3857' | 'EPSG:4490', key: string): string {
  const matrix = projection === 'EPSG:4490' ? 'c' : 'w'
  const asked = `SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=${matrix}&FORMAT=tiles`
  return `https://t0.tianditu.gov.cn/${layer}_${matrix}/wmts?${asked}&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${encodeURIComponent(key)}`
}
