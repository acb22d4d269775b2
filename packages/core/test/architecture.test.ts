import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  importedPackages,
  PACKAGES,
  problemsOfFile,
  problemsOfManifest,
  type SourceFile,
} from './support/architecture.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const present = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

function sourcesOf(name: string): SourceFile[] {
  return readdirSync(join(ROOT, name, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:ts|js|mjs)$/.test(path))
    .map((path) => ({
      package: name,
      path: `src/${path.replaceAll('\\', '/')}`,
      text: readFileSync(join(ROOT, name, 'src', path), 'utf8'),
    }))
}

describe('the house', () => {
  it('has only packages that stand in the design', () => {
    expect(present.filter((name) => !PACKAGES.includes(name))).toEqual([])
    expect(present).toEqual(
      expect.arrayContaining(['core', 'stats', 'scoring', 'policy', 'datasets', 'judges', 'judgelab']),
    )
  })

  describe.each(present)('%s', (name) => {
    const files = sourcesOf(name)

    it('imports only from below, goes to the network only where it may, and keeps its shape', () => {
      expect(files.length).toBeGreaterThan(0)
      expect(files.flatMap(problemsOfFile)).toEqual([])
    })

    it('declares what it imports, and nothing from its own line or above', () => {
      const manifest = JSON.parse(readFileSync(join(ROOT, name, 'package.json'), 'utf8')) as Record<string, object>
      const { dependencies = {}, devDependencies = {}, peerDependencies = {} } = manifest
      const declared = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies })
      const imported = new Set(files.flatMap(({ text }) => importedPackages(text)))
      expect(problemsOfManifest(name, declared, imported)).toEqual([])
    })
  })
})

/** A file that breaks a rule, and what is said of it. */
type Violation = readonly [file: string, text: string, problem: string]

const VIOLATIONS: readonly Violation[] = [
  ['core/src/a.ts', "import { mean } from '@judgelab/stats'", 'core must not import stats'],
  ['stats/src/a.ts', "import type { Verdict } from '@judgelab/core'", 'stats must not import core'],
  ['judges/src/a.ts', "import { splitPairs } from '@judgelab/dpo'", 'judges must not import dpo'],
  ['dpo/src/a.ts', "import {\n  runJudge,\n  show,\n} from '@judgelab/judges'", 'dpo must not import judges'],
  ['report/src/a.ts', "const { main } = await import('judgelab')", 'report must not import judgelab'],
  ['policy/src/a.ts', "const file = import.meta.resolve('@judgelab/datasets')", 'policy must not import datasets'],
  ['datasets/src/a.ts', "import '@judgelab/analysis'", 'datasets must not import analysis'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template
  ['report/src/a.ts', 'await import(`@judgelab/${name}`)', 'computed import of a package'],
  ['scoring/src/a.ts', "export { digest } from '@judgelab/unheard-of'", 'scoring must not import unheard-of'],
  [
    'judges/src/a.ts',
    "import { digest } from '@judgelab/core/dist/digest.js'",
    '"@judgelab/core/dist/digest.js" is the inside of core',
  ],
  [
    'judges/src/a/b.ts',
    "import { digest } from '../../../core/src/digest.js'",
    '"../../../core/src/digest.js" leaves the package\'s own sources',
  ],
  [
    'judges/src/a.ts',
    "import { judgeOf } from '../test/judge-of.js'",
    '"../test/judge-of.js" leaves the package\'s own sources',
  ],
  ['analysis/src/a.ts', "import { request } from 'node:https'", 'network module node:https'],
  ['judges/src/run/a.ts', "import OpenAI from 'openai'", 'network module openai'],
  ['policy/src/a.ts', "const { lookup } = require('dns/promises')", 'network module dns/promises'],
  ['report/src/page/a.ts', "import { Dealer } from 'zeromq'", 'network module zeromq'],
  ['datasets/src/a.ts', "const rows = await fetch('https://example.org')", 'network call fetch'],
  ['report/src/page/client/a.js', 'globalThis.fetch(url)', 'network call fetch'],
  ['scoring/src/a.ts', "export { digest } from './digest.js'", 're-exports, which only src/index.ts does'],
  ['scoring/src/a.ts', "export type {\n  Digest,\n} from './digest.js'", 're-exports, which only src/index.ts does'],
  [
    'scoring/src/index.ts',
    "export { a } from './a.js'\nexport const b = 1",
    'index holds more than re-exports: export const b = 1',
  ],
  ['scoring/src/index.ts', "export * from './a.js'", 'export *'],
  ['scoring/src/a.ts', 'export default function score() {}', 'default export'],
  ['scoring/src/a.ts', 'export { score as default }', 'default export'],
  ['scoring/src/a.ts', 'const slot = Math.random() < 0.5 ? 0 : 1', 'Math.random'],
]

const ALLOWED: readonly (readonly [file: string, text: string])[] = [
  ['judgelab/src/a.ts', "import { digest } from '@judgelab/core'\nimport { mean } from '@judgelab/stats'"],
  ['analysis/src/a.ts', "import type { Split } from '@judgelab/datasets'\nimport { x } from '../src/b.js'"],
  ['datasets/src/sources/a.ts', "import { request } from 'node:https'\nconst page = await fetch(url)"],
  ['judges/src/providers/a.ts', "import OpenAI from 'openai'"],
  ['report/src/kernel/a.ts', "import { Dealer } from 'zeromq'"],
  [
    'scoring/src/index.ts',
    "/** What there is. */\nexport { a, type B } from './a.js'\nexport type { C } from './c.js'\n",
  ],
  ['scoring/src/a.ts', "export const text = 'export default from nowhere'\nexport const fetchRows = prefetch(1)"],
]

describe('the rules', () => {
  it.each(VIOLATIONS)('find fault with %s: %s', (file, text, problem) => {
    expect(problemsOfFile(fileOf(file, text))).toContain(`${file}: ${problem}`)
  })

  it.each(ALLOWED)('leave %s in peace: %s', (file, text) => {
    expect(problemsOfFile(fileOf(file, text))).toEqual([])
  })

  it('find fault with dependencies that point upwards, sideways or are missing', () => {
    expect(problemsOfManifest('judges', ['@judgelab/dpo', '@judgelab/core', 'zod'], new Set(['core']))).toEqual([
      'judges: must not depend on dpo',
    ])
    expect(problemsOfManifest('core', ['@judgelab/stats'], new Set())).toEqual(['core: must not depend on stats'])
    expect(problemsOfManifest('analysis', ['@judgelab/core'], new Set(['core', 'stats']))).toEqual([
      'analysis: imports stats without declaring it',
    ])
  })
})

function fileOf(file: string, text: string): SourceFile {
  const [name, ...path] = file.split('/')
  return { package: name as string, path: path.join('/'), text }
}
