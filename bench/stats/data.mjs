/** mulberry32: a small seeded generator of uniform numbers in [0, 1). */
export function seededRandom(seed) {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** What both sides are given: the same values and tables. */
export function benchData() {
  const random = seededRandom(297)
  const values = Array.from({ length: 1865 }, () => Math.round(100 * random() ** 2) / 100)
  return {
    repeats: 5,
    resamples: 10_000,
    values,
    first: values.slice(0, 297),
    second: values.slice(297, 594).map((x) => x * 0.95),
    tables: [
      { both: 150, onlyA: 22, onlyB: 36, neither: 89 },
      { both: 505_000, onlyA: 74_000, onlyB: 121_000, neither: 300_000 },
    ],
    mcnemar: { onlyA: 499_000, onlyB: 501_000, times: 200 },
  }
}
