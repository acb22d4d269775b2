import { existsSync } from 'node:fs'
import { describe, it } from 'vitest'

/**
 * Tests on real files that are not part of the repository. The environment variable says where they are; without it one
 * skipped test says how to bring them. A variable that names nothing fails, so that nobody takes it for a check.
 *
 * @param wanted what the variable has to name
 */
export function describeReal(
  what: string,
  { variable, wanted }: { readonly variable: string; readonly wanted: string },
  body: (path: string) => void,
): void {
  const path = process.env[variable]
  describe(what, () => {
    if (path === undefined || path === '') it.skip(`skipped: set ${variable} to ${wanted}`, () => undefined)
    else if (existsSync(path)) body(path)
    else
      it(`is where ${variable} says`, () => {
        throw new Error(`expected ${wanted}, found nothing at ${path} (${variable})`)
      })
  })
}
