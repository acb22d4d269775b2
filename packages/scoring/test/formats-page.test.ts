import { readFileSync } from 'node:fs'
import { RULES, type VerdictResult } from '@judgelab/core'
import { combinePasses } from '@judgelab/scoring'
import { describe, expect, it } from 'vitest'

const page = readFileSync(new URL('../../../docs/formats.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ') // the formatter pads cells
const result = '(chosen|rejected|tie|failed)'
const rows = [
  ...page.matchAll(new RegExp(`^\\| ${result}, ${result} ${`\\| ${result} `.repeat(RULES.length)}\\|$`, 'gm')),
]

describe('docs/formats.md', () => {
  it('defines every rule, in a table of two passes with one column a rule', () => {
    expect(page).toContain(`| passes | ${RULES.map((rule) => `\`${rule}\``).join(' | ')} |`)
    for (const rule of RULES) expect(page).toMatch(new RegExp(`^\\| \`${rule}\` \\| .+ \\|$`, 'm'))
    expect(rows.length).toBeGreaterThanOrEqual(12)
  })

  it.each(rows.map((row) => row.slice(1) as VerdictResult[]))(
    'says what %s and %s come to',
    (first, second, ...said) => {
      const passes = [first, second] as VerdictResult[]
      expect(RULES.map((rule) => combinePasses(passes, rule))).toEqual(said)
    },
  )
})
