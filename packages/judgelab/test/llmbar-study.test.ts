import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JudgeResult, OrderCounts, StudyResults } from '@judgelab/analysis'
import type { Rule } from '@judgelab/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { loadStudy, runStudy } from '../src/index.js'
import { recordedProgress } from './recorded-progress.js'
import { temporaryFolders } from './temporary-folder.js'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const LLMBAR = resolve(ROOT, process.env.JUDGELAB_LLMBAR ?? '../shared/data/llmbar')
const hasLlmbar = existsSync(join(LLMBAR, 'expected.json'))

interface ExpectedJudge {
  readonly accuracyNet: number
  readonly accuracyAB: number
  readonly accuracyBothOrders: number
  readonly accuracyHalfCredit: number
  readonly counts: Readonly<Record<string, number>>
}
interface ExpectedTable {
  readonly n11: number
  readonly b: number
  readonly c: number
  readonly n00: number
  readonly mcnemarExactP: number
  readonly ciTango: readonly [number, number]
  readonly ciNewcombe10: readonly [number, number]
}
interface Expected {
  readonly judges: Readonly<Record<string, { readonly groups: Readonly<Record<string, ExpectedJudge>> }>>
  readonly pairs: Readonly<
    Record<string, { readonly groups: Readonly<Record<string, { readonly bothOrders: ExpectedTable }>> }>
  >
}

/** The study's judges by their names in expected.json. */
const NAMES: Readonly<Record<string, string>> = {
  'GPT-4__Vanilla': 'gpt-4',
  'GPT-4__Vanilla_NoRules': 'gpt-4-norules',
  'GPT-4__Rating': 'gpt-4-rating',
  ChatGPT__Vanilla: 'chatgpt',
  PaLM2__Vanilla: 'palm2',
}

const newFolder = temporaryFolders()
const expected: Expected = hasLlmbar
  ? (JSON.parse(readFileSync(join(LLMBAR, 'expected.json'), 'utf8')) as Expected)
  : { judges: {}, pairs: {} }
let results: StudyResults

if (!hasLlmbar)
  describe('studies/llmbar-replay.yaml', () => {
    it.skip('skipped: no LLMBar data beside the repository; set JUDGELAB_LLMBAR to their folder', () => undefined)
  })

describe.skipIf(!hasLlmbar)('studies/llmbar-replay.yaml', () => {
  beforeAll(async () => {
    vi.stubEnv('JUDGELAB_LLMBAR', LLMBAR)
    const root = newFolder()
    mkdirSync(join(root, 'studies'))
    copyFileSync(join(ROOT, 'studies/llmbar-replay.yaml'), join(root, 'studies/llmbar-replay.yaml'))
    const { progress } = recordedProgress()
    const options = { progress, signal: new AbortController().signal, withReport: false }
    results = (await runStudy(await loadStudy('llmbar-replay', root), options)).results
  })
  afterAll(() => vi.unstubAllEnvs())

  it('has 838 judgments of every judge on 419 items', () => {
    expect(results.evaluation.n).toBe(419)
    expect(results.judges.map(({ judgments }) => judgments)).toEqual(results.judges.map(() => 838))
  })

  const ofJudges = Object.entries(expected.judges).flatMap(([judge, { groups }]) =>
    Object.entries(groups).map(([group, values]) => [judge, group, values] as const),
  )
  it.each(ofJudges)('gives the counts of %s on %s', (judge, group, { counts }) => {
    const orders = ordersOf(judgeNamed(judge), group)
    expect(orders).toMatchObject({
      rightInFirst: counts.correctAB,
      rightInSecond: counts.correctBA,
      rightInBoth: counts.bothCorrect,
      rightInOne: counts.someCorrect,
      wrongInBoth: counts.bothPickWrong,
      failedPasses: counts.nullDecisions,
      firstSlotPasses: counts.first,
      secondSlotPasses: counts.second,
      bothFirst: counts.bothFirst,
      bothSecond: counts.bothSecond,
    })
  })

  it.each(Object.keys(expected.judges))('gives the accuracies of %s under every rule', (judge) => {
    const values = expected.judges[judge]?.groups.all as ExpectedJudge
    const accuracyBy = (rule: Rule) => judgeNamed(judge).rules.find((held) => held.rule === rule)?.accuracy.value
    expect(accuracyBy('net')).toBeCloseTo(values.accuracyNet, 11)
    expect(accuracyBy('consistent')).toBeCloseTo(values.accuracyBothOrders, 11)
    expect(accuracyBy('average')).toBeCloseTo(values.accuracyHalfCredit, 11)
    expect(accuracyBy('first-order')).toBeCloseTo(values.accuracyAB, 11)
  })

  const ofPairs = Object.entries(expected.pairs).flatMap(([pair, { groups }]) =>
    Object.entries(groups).map(([group, { bothOrders }]) => [pair, group, bothOrders] as const),
  )
  it.each(ofPairs)('gives table, exact p and intervals of %s on %s', (pair, group, table) => {
    const [judge, against] = pair.split(' vs ').map((name) => NAMES[name])
    const contrast = results.contrasts.find((held) => held.judge === judge && held.against === against)
    const result = group === 'all' ? contrast?.primary : contrast?.subsets.find(({ subset }) => subset === group)
    expect(result?.table).toEqual({ both: table.n11, onlyA: table.b, onlyB: table.c, neither: table.n00 })
    expect((result?.p as number) / table.mcnemarExactP).toBeCloseTo(1, 9)
    expect(result?.difference.low).toBeCloseTo(table.ciTango[0], 9)
    expect(result?.difference.high).toBeCloseTo(table.ciTango[1], 9)
    expect(result?.newcombe?.low).toBeCloseTo(table.ciNewcombe10[0], 9)
    expect(result?.newcombe?.high).toBeCloseTo(table.ciNewcombe10[1], 9)
  })
})

function judgeNamed(name: string): JudgeResult {
  return results.judges.find((judge) => judge.name === NAMES[name]) as JudgeResult
}

function ordersOf(judge: JudgeResult, group: string): OrderCounts {
  if (group === 'all') return judge.orders
  return (judge.subsets.find(({ subset }) => subset === group) as JudgeResult['subsets'][number]).orders
}
