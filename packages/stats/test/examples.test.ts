import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as stats from '../src/index.js'
import { seededRandom } from './support/seeded-random.js'

/** Every `@example code // numbers` of the docstrings, as the code and what it says of its result. */
function documentedExamples(): [code: string, said: string][] {
  const root = new URL('../src/', import.meta.url)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  return files.flatMap((name) => {
    const docstrings = readFileSync(new URL(name, root), 'utf8').match(/\/\*\*[\s\S]*?\*\//g) ?? []
    return docstrings.flatMap((text): [string, string][] => {
      const example = text
        .split('@example ')[1]
        ?.replace(/\*\/$/, '')
        .replace(/\n\s*\*/g, ' ')
      const [code, said] = example?.split(' // ') ?? []
      return code && said ? [[code.trim(), said.trim()]] : []
    })
  })
}

/** Every line `code // numbers` of the worked examples in docs/statistics.md. */
function workedExamples(): [code: string, said: string][] {
  const text = readFileSync(new URL('../../../docs/statistics.md', import.meta.url), 'utf8')
  const lines = text.split('```ts')[1]!.split('```')[0]!.split('\n')
  return lines
    .filter((line) => line !== '' && !line.startsWith('//'))
    .map((line): [string, string] => [line.split(' // ')[0]!, line.split(' // ')[1]!])
}

/** Runs an example with every function of the package and a seeded generator in scope. */
function run(code: string): unknown {
  const scope = { ...stats, random: seededRandom(1) }
  return new Function(...Object.keys(scope), `return (${code})`)(...Object.values(scope))
}

/** Expects a result to be, to the digits written, what the comment says: `0.31`, `0.1, 0.2`, `value 0.2, low 0.05`, `'a'`. */
function expectSaid(result: unknown, said: string): void {
  const claims = said.split(/,\s+/)
  const values = typeof result === 'number' ? [result] : Array.isArray(result) ? result : undefined
  if (said.startsWith('[') || said.startsWith("'")) {
    expect(result).toEqual(new Function(`return ${said}`)())
    return
  }
  claims.forEach((claim, i) => {
    const [, name, digits] = /^(?:(\w+) )?(-?[\d.]+)$/.exec(claim) as RegExpExecArray
    const actual = name ? (result as Record<string, number>)[name] : values?.[i]
    const decimals = digits!.split('.')[1]?.length ?? 0
    expect(actual?.toFixed(decimals), claim).toBe(digits)
  })
}

describe('the examples in docstrings', () => {
  const examples = documentedExamples()

  it('are there to be run', () => {
    expect(examples.length).toBeGreaterThanOrEqual(35)
  })

  it.each(examples)('%s // %s', (code, said) => {
    expectSaid(run(code), said)
  })
})

describe('the worked examples of docs/statistics.md', () => {
  const examples = workedExamples()

  it('are there to be run', () => {
    expect(examples.length).toBeGreaterThanOrEqual(25)
  })

  it.each(examples)('%s // %s', (code, said) => {
    expectSaid(run(code), said)
  })
})
