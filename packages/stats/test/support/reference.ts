import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/** A fixture of reference values, as its generating script wrote it. */
export function loadFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')) as T
}

/**
 * Expects `actual` within 1e-9 relative or 1e-15 absolute of the reference: the tolerance for closed forms and exact
 * tests. Iterative fits pass 1e-7.
 */
export function expectClose(actual: number, reference: number, relative = 1e-9): void {
  const tolerance = Math.max(1e-15, relative * Math.abs(reference))
  const miss = Math.abs(actual - reference)
  expect(miss <= tolerance, `got ${actual}, reference ${reference}, off by ${miss}`).toBe(true)
}
