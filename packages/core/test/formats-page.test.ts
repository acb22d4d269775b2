import { readFileSync } from 'node:fs'
import {
  type Mode,
  type Outcome,
  type Presentation,
  parseClaim,
  parseExample,
  parseJudgment,
  parseModelRegistry,
  parsePreferencePair,
  parseRunManifest,
  parseSplitFile,
  parseStudy,
  presentationOf,
  type Study,
} from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'

const FILE = 'docs/formats.md'
const page = readFileSync(new URL(`../../../${FILE}`, import.meta.url), 'utf8')

/** One fenced block of the page: its language, what it is an example of, and the line of its first line. */
interface Block {
  readonly language: string
  readonly format: string
  readonly detail: string
  readonly text: string
  readonly line: number
}

const blocks: readonly Block[] = [...page.matchAll(/^```(\w+) (\w+)(?: ([\w-]+))?\n([\s\S]*?)^```$/gm)].map(
  (match) => ({
    language: match[1] as string,
    format: match[2] as string,
    detail: match[3] ?? '',
    text: match[4] as string,
    line: page.slice(0, match.index).split('\n').length + 1,
  }),
)

/** What each example of a format must come through; the datasets check `row` themselves. */
const VALIDATORS: Readonly<Record<string, (block: Block, value: unknown) => unknown>> = {
  example: ({ line }, value) => parseExample(value, { file: FILE, line }),
  presentation: (_, value) => {
    const { id: _id, ...fields } = value as Presentation
    return presentationOf(fields)
  },
  outcome: ({ line, detail }, value) => parseJudgment(judgmentOf(detail as Mode, value), { file: FILE, line }).outcome,
  judgment: ({ line }, value) => parseJudgment(value, { file: FILE, line }),
  manifest: ({ line }, value) => parseRunManifest(value, { file: FILE, line }),
  pair: ({ line }, value) => parsePreferencePair(value, { file: FILE, line }),
  registry: ({ line }, value) => parseModelRegistry(value, { file: FILE, line }),
  row: (_, value) => value,
  split: ({ line }, value) => parseSplitFile(value, { file: FILE, line }),
  steps: (_, value) => value,
}

function judgmentOf(mode: Mode, outcome: unknown): unknown {
  const slots = mode === 'pairwise' ? [0, 1] : [0]
  const { id: presentationId, ...shown } = presentationOf({ exampleId: 'e', mode, slots, repeat: 0 })
  return { v: 1, presentationId, ...shown, outcome, latencyMs: 0, at: '2026-02-02T12:00:00.000Z' }
}

const MINIMAL = `version: 1
name: m
title: T
question: Q
benchmark: { source: builtin }
judges: [{ name: a, provider: local, model: linear }, { name: b, provider: local, model: longer }]`

const jsonBlocks = blocks.filter(({ language }) => language === 'json')
const [studyBlock] = blocks.filter(({ language, format }) => language === 'yaml' && format === 'study')

describe('docs/formats.md', () => {
  it('has an example of every format, and no fenced JSON or YAML without a name', () => {
    expect(new Set(jsonBlocks.map(({ format }) => format))).toEqual(new Set(Object.keys(VALIDATORS)))
    expect(studyBlock).toBeDefined()
    expect(page.match(/^```(?:json|jsonl|yaml)\b/gm)).toHaveLength(blocks.length)
  })

  it.each(jsonBlocks)('line $line: the $format comes through its validator unchanged', (block) => {
    const value: unknown = JSON.parse(block.text)
    expect(VALIDATORS[block.format]?.(block, value)).toEqual(value)
  })

  it('shows every kind of outcome', () => {
    const outcomes = jsonBlocks
      .filter(({ format }) => format === 'outcome')
      .map(({ text }) => JSON.parse(text) as Outcome)
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['choice', 'rating', 'class', 'failed']))
  })

  it('has a claim file that is one', () => {
    const [claim] = blocks.filter(({ language, format }) => language === 'yaml' && format === 'claim') as [Block]
    const { judges, contrasts } = parseClaim(claim.text, FILE)
    expect([judges.length, contrasts.length]).toEqual([3, 2])
  })

  it('would notice an example that is wrong', () => {
    const [judgment] = jsonBlocks.filter(({ format }) => format === 'judgment') as [Block]
    const broken = { ...(JSON.parse(judgment.text) as object), latency: 1 }
    expect(() => VALIDATORS.judgment?.(judgment, broken)).toThrow(`${FILE}:${judgment.line}: latency: unknown field`)
  })
})

describe('docs/formats.md on study files', () => {
  const { text } = studyBlock as Block
  const study = parseStudy(text, FILE)
  const tables = page.replaceAll(/^\|.*$/gm, (line) => line.replaceAll(/ +/g, ' ')) // the formatter pads cells
  const rows = [...tables.matchAll(/^\| `([\w.]+)` \| (required|none|the name|`[^`]*`) \| .+ \|$/gm)].map((match) => ({
    field: match[1] as string,
    said: match[2] as string,
  }))

  const splits = blocks.filter(({ language, format }) => language === 'yaml' && format === 'split')

  it.each(splits)('line $line: a split that comes through the validator unchanged', (block) => {
    const split = parseYaml(block.text) as Study['split']
    const { method } = split
    const evaluation = method === 'none' ? '{ side: all }' : '{}'
    expect(parseStudy(`${MINIMAL}\nevaluation: ${evaluation}\nsplit: ${block.text}`, 's.yaml').split).toEqual(split)
  })

  it('shows a tuning with a dedicated endpoint that comes through the validator unchanged', () => {
    const [block] = blocks.filter(({ language, format }) => language === 'yaml' && format === 'tuning') as [Block]
    const judge = '{ name: gpt-oss, provider: together, model: openai/gpt-oss-120b }'
    const judged = MINIMAL.replace('judges: [', `judges: [${judge}, `)
    const { tuning } = parseStudy(`${judged}\nsplit: { method: together-2026 }\npairs: {}\n${block.text}`, FILE)
    expect(tuning).toMatchObject((parseYaml(block.text) as { readonly tuning: object[] }).tuning)
  })

  it('lists every field that a study has, each once', () => {
    const inSplits = splits.flatMap((block) => fieldsOf({ split: parseYaml(block.text) as unknown }))
    const fields = new Set([...fieldsOf(study), ...fieldsOf(parseYaml(text)), ...inSplits])
    expect(rows.map(({ field }) => field).toSorted()).toEqual([...fields].toSorted())
  })

  it('says the defaults that the validator fills in', () => {
    const tuned = parseStudy(
      `${MINIMAL}\nsplit: { method: together-2026 }\npairs: {}\naudit: {}\ntuning: [{ name: t, base: a, learningRate: 1 }]\npanels: [{ name: p, members: [a, t] }]\nstopping: { judge: a, against: b }\ncontrols: [{ name: c, of: a, repeats: 2 }]\nmatrix: { tuning: t, axes: { count: [0] } }`,
      'tuned.yaml',
    )
    const folded = parseStudy(`${MINIMAL}\nsplit: { method: k-fold }`, 'folded.yaml')
    const filled = new Map([...valuesOf({ split: folded.split }), ...valuesOf(tuned)])
    const defaults = rows.filter(({ said }) => said.startsWith('`'))
    expect(defaults.length).toBeGreaterThan(25)
    expect(defaults.map(({ field, said }) => [field, parseYaml(said.slice(1, -1)) as unknown])).toEqual(
      defaults.map(({ field }) => [field, filled.get(field)]),
    )
  })

  it('calls required what the validator requires', () => {
    const given = parseYaml(text) as Record<string, unknown>
    for (const { field, said } of rows.filter((row) => !row.field.startsWith('contrasts'))) {
      const [part, inner] = field.split('.') as [string, string | undefined]
      const without = structuredClone(given)
      const holder = inner === undefined ? without : ([without[part]].flat()[0] as Record<string, unknown>)
      delete holder[inner ?? part]
      const message = messageOf(() => parseStudy(JSON.stringify({ ...without, contrasts: [] }), 's.yaml'))
      if (said === 'required') expect(message, field).toMatch(new RegExp(`${inner ?? part}: expected .*found nothing`))
      else expect(message, field).not.toMatch(new RegExp(`\\b${inner ?? part}: expected .*found nothing`))
    }
  })
})

/** Leaves of a study as dotted paths without list positions; settings, prices and the like are one field. */
function valuesOf(value: unknown, path = ''): [string, unknown][] {
  if (/\.(?:settings|notebooks|criteria|classes|members|weights|scale|prices|hosted|axes)$/.test(path))
    return [[path, value]]
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(item, path))
  if (value === null || typeof value !== 'object') return value === undefined ? [] : [[path, value]]
  return Object.entries(value).flatMap(([key, held]) => valuesOf(held, path === '' ? key : `${path}.${key}`))
}

function fieldsOf(value: unknown): string[] {
  return valuesOf(value).map(([field]) => field)
}

function messageOf(work: () => unknown): string {
  try {
    work()
    return ''
  } catch (error) {
    return (error as Error).message
  }
}
