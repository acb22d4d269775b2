import { existsSync } from 'node:fs'
import { describe, it } from 'vitest'

/**
 * Tests on real files that are not part of the repository. The environment variable says where they are; without it one
 * skipped test says how to bring them. A variable that names nothing fails, so that nobody takes it for a check.
 *
 * @param options.wanted what the variable has to name
 * @param options.beside where they are looked for without the variable, if anywhere
 */
export function describeReal(
  what: string,
  {
    variable,
    wanted,
    beside,
  }: { readonly variable: string; readonly wanted: string; readonly beside?: string | undefined },
  body: (path: string) => void,
): void {
  const path = process.env[variable] ?? (beside !== undefined && existsSync(beside) ? beside : undefined)
  describe(what, () => {
    if (path === undefined || path === '') it.skip(`skipped: set ${variable} to ${wanted}`, () => undefined)
    else if (existsSync(path)) body(path)
    else
      it(`is where ${variable} says`, () => {
        throw new Error(`expected ${wanted}, found nothing at ${path} (${variable})`)
      })
  })
}
