import { hash } from 'node:crypto'

/**
 * A Merkle tree of the shape of RFC 6962, with SM3 (GB/T 32905) for SHA-256. A leaf is hashed under prefix 0x00 and a node under 0x01, so
 * that a node can never pass for a leaf. Digests are hex text of 64 characters.
 */

/** SM3 of a text (its UTF-8 bytes) or of bytes, as hex. */
export function sm3(data: string | Uint8Array): string {
  return hash('sm3', data, 'hex')
}

const leafNode = (leaf: string): string => sm3(Buffer.from(`00${leaf}`, 'hex'))
const innerNode = (left: string, right: string): string => sm3(Buffer.from(`01${left}${right}`, 'hex'))

/** Takes leaves one by one and keeps only the roots of full subtrees: memory grows with the logarithm of their number. */
export interface RootBuilder {
  add(leaf: string): void
  root(): string
}

/** Starts an empty tree; its root is SM3 of nothing. */
export function rootBuilder(): RootBuilder {
  const full: { size: number; node: string }[] = []
  return {
    add: (leaf) => {
      let top = { size: 1, node: leafNode(leaf) }
      for (let last = full.at(-1); last && last.size === top.size; last = full.at(-1)) {
        full.pop()
        top = { size: last.size * 2, node: innerNode(last.node, top.node) }
      }
      full.push(top)
    },
    root: () => (full.length === 0 ? sm3('') : full.map((part) => part.node).reduceRight((right, left) => innerNode(left, right))),
  }
}

/** Root over `leaves` in their order. */
export function merkleRoot(leaves: Iterable<string>): string {
  const builder = rootBuilder()
  for (const leaf of leaves) builder.add(leaf)
  return builder.root()
}

/** The sister nodes from leaf `index` up to the root (RFC 6962, 2.1.1). */
export function inclusionPath(leaves: readonly string[], index: number): string[] {
  if (leaves.length <= 1) return []
  const middle = largestPowerBelow(leaves.length)
  const [left, right] = [leaves.slice(0, middle), leaves.slice(middle)]
  return index < middle ? [...inclusionPath(left, index), merkleRoot(right)] : [...inclusionPath(right, index - middle), merkleRoot(left)]
}

/** Root that follows from a leaf, its place and its sister nodes; undefined when the path does not fit a tree of that size (RFC 9162, 2.1.3.2). */
export function rootOfPath(leaf: string, index: number, size: number, path: readonly string[]): string | undefined {
  if (!(Number.isInteger(index) && Number.isInteger(size) && index >= 0 && index < size)) return undefined
  let at = index
  let last = size - 1
  let node = leafNode(leaf)
  for (const sister of path) {
    if (last === 0) return undefined
    if (at % 2 === 1 || at === last) {
      node = innerNode(sister, node)
      while (at % 2 === 0 && at > 0) [at, last] = [half(at), half(last)]
    } else node = innerNode(node, sister)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 ? node : undefined
}

const half = (n: number): number => Math.floor(n / 2)

function largestPowerBelow(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
