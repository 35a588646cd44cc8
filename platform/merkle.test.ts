import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inclusionPath, merkleRoot, rootOfPath, sm3 } from './merkle.ts'

const leavesOf = (count: number): string[] => Array.from({ length: count }, (_, index) => sm3(String(index)))

describe('SM3', () => {
  it('gives the digests of the standard (GB/T 32905-2016, annex A)', () => {
    expect(sm3('abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
    expect(sm3('abcd'.repeat(16))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732')
  })
})

describe('a Merkle tree', () => {
  it('splits where RFC 6962 splits: five leaves are four and one', () => {
    const [a, b, c, d, e] = leavesOf(5).map((leaf) => sm3(Buffer.from(`00${leaf}`, 'hex')))
    const node = (left = '', right = ''): string => sm3(Buffer.from(`01${left}${right}`, 'hex'))
    expect(merkleRoot(leavesOf(5))).toBe(node(node(node(a, b), node(c, d)), e))
    expect(merkleRoot([])).toBe(sm3(''))
  })

  it('proves every leaf of trees of every size, at its own place only', () => {
    for (let size = 1; size <= 40; size += 1) {
      const leaves = leavesOf(size)
      const root = merkleRoot(leaves)
      leaves.forEach((leaf, index) => {
        const path = inclusionPath(leaves, index)
        expect(rootOfPath(leaf, index, size, path)).toBe(root)
        expect(rootOfPath(leaf, (index + 1) % size, size, path) === root).toBe(size === 1)
      })
    }
  })

  it('has another root when any leaf changes or any two change places', () => {
    const sizes = fc
      .integer({ min: 2, max: 200 })
      .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 }), fc.integer({ min: 0, max: size - 1 })))
    fc.assert(
      fc.property(sizes, ([size, one, other]) => {
        const leaves = leavesOf(size)
        const root = merkleRoot(leaves)
        expect(merkleRoot(leaves.with(one, sm3('else')))).not.toBe(root)
        const swapped = leaves.with(one, leaves[other] ?? '').with(other, leaves[one] ?? '')
        expect(merkleRoot(swapped) === root).toBe(one === other)
      }),
    )
  })

  it('takes no path that is too long, too short or altered', () => {
    const leaves = leavesOf(11)
    const path = inclusionPath(leaves, 6)
    const root = merkleRoot(leaves)
    const leaf = leaves[6] ?? ''
    expect(rootOfPath(leaf, 6, 11, [...path, sm3('x')])).toBeUndefined()
    expect(rootOfPath(leaf, 6, 11, path.slice(1))).not.toBe(root)
    expect(rootOfPath(leaf, 6, 11, path.toReversed())).not.toBe(root)
    expect(rootOfPath(leaf, 11, 11, path)).toBeUndefined()
  })
})
