import type { Refusal } from '#kernel/refusal.ts'
import { refuse } from '../refusals.ts'
import type { BaseMapView } from './contract.ts'

/** Hosts that browsers must be let to for a base map, as a content policy writes them. */
export function hostsOf(map: Pick<BaseMapView, 'tiles' | 'labels'> | null): string[] {
  const addresses = map ? [map.tiles, map.labels].flatMap((one) => one ?? []) : []
  return [...new Set(addresses.flatMap((address) => originOf(address) ?? []))]
}

/** Why an address cannot be taken, or undefined. */
export function addressFault(address: string, field: 'tiles' | 'labels'): Refusal | undefined {
  if (!['{z}', '{x}', '{y}'].every((part) => address.includes(part))) return refuse.tilesWithoutPlace({}, field)
  return originOf(address) === undefined ? refuse.tilesUnreadable({}, field) : undefined
}

// A host with a place in braces would open the policy to hosts that nobody named.
function originOf(address: string): string | undefined {
  const [, origin] = /^(https?:\/\/[a-z0-9.-]+(?::\d{1,5})?)\/[^\s;]*$/i.exec(address) ?? []
  return origin?.toLowerCase()
}
