/** How the map looks: every colour from the page's tokens, so that light, dark and high contrast are the page's own. */
import type { FeatureLike } from 'ol/Feature'
import { Circle, Fill, Icon, RegularShape, Stroke, Style, Text } from 'ol/style'

type Read = { get(key: string): unknown }

const widths: Readonly<Record<string, number>> = {
  motorway: 7,
  trunk: 7,
  primary: 6,
  secondary: 5,
  tertiary: 4,
  residential: 3,
  unclassified: 3,
  service: 1.5,
  pedestrian: 1.5,
}
const greens = new Set(['park', 'green', 'pitch'])

/** What colours one area, and what is written on it. */
export interface AreaLook {
  /** 1 to 5; 0 leaves it bare. */
  readonly heat: number
  /** Under the name. */
  readonly label: string
}

/** Colours and fonts of a moment. */
export interface Palette {
  readonly colour: (token: string) => string
  readonly font: string
}

export function paletteOf(host: HTMLElement): Palette {
  const css = getComputedStyle(host)
  const read = new Map<string, string>()
  return {
    font: css.fontFamily,
    colour: (token) => {
      const known = read.get(token) ?? css.getPropertyValue(`--${token}`).trim()
      read.set(token, known)
      return known
    },
  }
}

/** Styles of the city's own base map. */
export function groundLook({ colour, font }: Palette, languageNow: () => 'zh' | 'en') {
  const water = new Style({ fill: new Fill({ color: colour('map-water') }), stroke: new Stroke({ color: colour('map-water'), width: 1 }) })
  const green = new Style({ fill: new Fill({ color: colour('map-green') }) })
  const building = new Style({ fill: new Fill({ color: colour('map-building') }) })
  const halo = new Stroke({ color: colour('map-land'), width: 3 })
  return {
    landuse: (feature: Read) => (greens.has(String(feature.get('kind'))) ? green : undefined),
    water,
    buildings: building,
    roads: (feature: Read, resolution: number) => {
      const width = (widths[String(feature.get('kind'))] ?? 1) * Math.min(1.6, Math.max(0.5, 1.6 / resolution))
      const name = feature.get(languageNow() === 'en' ? 'name_en' : 'name_zh')
      const line = new Style({ stroke: new Stroke({ color: colour('map-road'), width }), zIndex: width })
      if (resolution < 6 && width > 1.2) line.setText(labelOf(name, font, colour('map-label'), halo))
      if (width < 1) return line
      return [new Style({ stroke: new Stroke({ color: colour('map-road-edge'), width: width + 1.4 }), zIndex: 0 }), line]
    },
  }
}

/** The border of one area, drawn over everything else: where we are. */
export function outlineLook({ colour, font }: Palette) {
  const stroke = new Stroke({ color: colour('accent'), width: 2, lineDash: [6, 4] })
  const halo = new Stroke({ color: colour('map-land'), width: 3 })
  return (feature: Read) => new Style({ stroke, text: labelOf(feature.get('name'), font, colour('accent-strong'), halo, 'point') })
}

/** Areas out of tiles, coloured by what `lookOf` says of their code; an area of which it says nothing shows a thin border. */
export function areaLook({ colour, font }: Palette, languageNow: () => 'zh' | 'en', lookOf: (code: string) => AreaLook | undefined) {
  const edge = new Stroke({ color: colour('accent-strong'), width: 1.25 })
  const thin = new Style({ stroke: new Stroke({ color: colour('edge'), width: 0.75 }), fill: new Fill({ color: 'rgb(0 0 0 / 1%)' }) })
  // The streets below stay visible through the colour; a bare area is still there for a press.
  const fills = [0, 1, 2, 3, 4, 5].map((heat) => {
    const fill = new Fill({ color: heat > 0 ? `${colour(`heat-${heat}`)}c8` : 'rgb(0 0 0 / 1%)' })
    return new Style({ fill, stroke: edge })
  })
  const halo = new Stroke({ color: colour('surface'), width: 4 })
  const labels = new Map<string, Style>()
  return (feature: FeatureLike): Style | undefined => {
    const code = String(feature.get('code'))
    const look = lookOf(code)
    if (feature.get('layer') !== 'names') return look ? fills[look.heat] : thin
    if (!look) return undefined
    const name = languageNow() === 'en' ? (feature.get('en') ?? feature.get('zh')) : feature.get('zh')
    const written = `${String(name)}\n${look.label}`
    const known = labels.get(written)
    if (known) return known
    const made = new Style({ text: labelOf(written, font, colour('text'), halo, 'point') })
    labels.set(written, made)
    return made
  }
}

/** Points and groups of cases: a group is a disc with its number, and under it, with a triangle, how many of them are overdue. */
export function caseLook({ colour, font }: Palette) {
  const edge = new Stroke({ color: colour('surface'), width: 1.5 })
  const inTime = new Style({ image: new Circle({ radius: 6, fill: new Fill({ color: colour('accent-strong') }), stroke: edge }) })
  const over = new Style({ image: new RegularShape({ points: 3, radius: 9, fill: new Fill({ color: colour('over') }), stroke: edge }), zIndex: 1 })
  const made = new Map<string, Style>()
  const group = (count: number, late: number): Style => {
    const key = `${count} ${late}`
    const known = made.get(key)
    if (known) return known
    const stroke = new Stroke({ color: late > 0 ? colour('over') : colour('surface'), width: late > 0 ? 3 : 2 })
    const written = labelOf(late > 0 ? `${count}\n▲${late}` : String(count), font, colour('surface'), undefined, 'point')
    const style = new Style({
      image: new Circle({ radius: discOf(count), fill: new Fill({ color: colour('accent-strong') }), stroke }),
      text: written,
    })
    made.set(key, style)
    return style
  }
  return (feature: Read): Style => {
    const count = Number(feature.get('count'))
    const late = Number(feature.get('late'))
    if (count > 1) return group(count, late)
    return late > 0 ? over : inTime
  }
}

/** Radius in pixels of a group of so many. */
export const discOf = (count: number): number => (count > 1 ? Math.min(26, 12 + 4 * Math.log10(count)) : 9)

export function pinLook({ colour }: Palette): Style {
  return new Style({ image: new Icon({ src: pinImage(colour('over'), colour('surface')), anchor: [0.5, 1], scale: 1.1 }) })
}

function labelOf(name: unknown, font: string, fill: string, halo: Stroke | undefined, placement: 'line' | 'point' = 'line'): Text {
  return new Text({
    text: typeof name === 'string' ? name : '',
    font: `12px ${font}`,
    placement,
    fill: new Fill({ color: fill }),
    ...(halo ? { stroke: halo } : {}),
    overflow: placement === 'point',
  })
}

function pinImage(fill: string, edge: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="40" viewBox="0 0 30 40"><path d="M15 39C9 29 2 23 2 14.5a13 13 0 0 1 26 0C28 23 21 29 15 39z" fill="${fill}" stroke="${edge}" stroke-width="2"/><circle cx="15" cy="14.5" r="5" fill="${edge}"/></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
