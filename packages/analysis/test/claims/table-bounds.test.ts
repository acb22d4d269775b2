import { mcnemar, mcnemarFromMarginals } from '@judgelab/stats'
import { describe, expect, it } from 'vitest'
import { type PrintedStratum, tableBounds } from '../../src/claims/table-bounds.js'

const exactly = (count: number): { low: number; high: number } => ({ low: count, high: count })
const level = 0.95

describe('tableBounds', () => {
  it('is mcnemarFromMarginals where the counts are known', () => {
    const strata = [
      { n: 20, correctA: 12, correctB: 9 },
      { n: 7, correctA: 2, correctB: 5 },
    ]
    const known = mcnemarFromMarginals(strata, { level })
    const bounds = tableBounds(
      strata.map(({ n, correctA, correctB }) => ({ n, a: exactly(correctA), b: exactly(correctB) })),
      { level },
    )
    expect(bounds).toMatchObject({
      n: 27,
      strata: 2,
      p: known.p,
      discordant: known.discordant,
      low: known.low,
      high: known.high,
      significant: known.significant,
      losesFrom: known.significanceLostAt,
    })
  })

  it('reaches what going through every table by hand reaches, with counts to choose and a printed total', () => {
    const strata: PrintedStratum[] = [
      { n: 9, a: { low: 5, high: 7 }, b: { low: 2, high: 3 } },
      { n: 5, a: { low: 1, high: 2 }, b: exactly(2) },
    ]
    const totals = { a: exactly(8), b: { low: 4, high: 5 } }
    const { p, discordant, difference } = tableBounds(strata, { level, totals })
    const all = everyTable(strata, totals)
    expect(all.length).toBeGreaterThan(20)
    expect(p.min).toBeCloseTo(Math.min(...all.map((table) => table.p)), 12)
    expect(p.max).toBeCloseTo(Math.max(...all.map((table) => table.p)), 12)
    expect(discordant).toEqual({
      min: Math.min(...all.map((table) => table.discordant)),
      max: Math.max(...all.map((table) => table.discordant)),
    })
    expect(difference.min).toBeCloseTo(3 / 14, 12)
    expect(difference.max).toBeCloseTo(4 / 14, 12)
  })

  it('refuses totals that no choice adds up to, and more choices than it can go through', () => {
    const strata = [{ n: 9, a: exactly(5), b: exactly(2) }]
    expect(() => tableBounds(strata, { level, totals: { a: exactly(6), b: exactly(2) } })).toThrow(
      'add up to the totals',
    )
    const wide = { low: 0, high: 3000 }
    expect(() => tableBounds([{ n: 3000, a: wide, b: wide }], { level })).toThrow('needs fewer counts to choose from')
  })
})

/** Every choice of counts that adds up to the totals, with every paired table of it. */
function everyTable(
  strata: readonly PrintedStratum[],
  totals: Pick<PrintedStratum, 'a' | 'b'>,
): { p: number; discordant: number }[] {
  const found: { p: number; discordant: number }[] = []
  const go = (at: number, sum: { a: number; b: number; onlyA: number; onlyB: number }): void => {
    const stratum = strata[at]
    if (stratum === undefined) {
      const fits = [sum.a - totals.a.low, totals.a.high - sum.a, sum.b - totals.b.low, totals.b.high - sum.b]
      if (fits.every((room) => room >= 0)) found.push({ p: mcnemar(sum).p, discordant: sum.onlyA + sum.onlyB })
      return
    }
    for (let a = stratum.a.low; a <= stratum.a.high; a++)
      for (let b = stratum.b.low; b <= stratum.b.high; b++)
        for (let both = Math.max(0, a + b - stratum.n); both <= Math.min(a, b); both++)
          go(at + 1, { a: sum.a + a, b: sum.b + b, onlyA: sum.onlyA + a - both, onlyB: sum.onlyB + b - both })
  }
  go(0, { a: 0, b: 0, onlyA: 0, onlyB: 0 })
  return found
}
