import { digest, type Example, parseStudy, projectAt, toJsonl } from '@judgelab/core'
import { fromRewardBench2Row, loadBenchmark } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { temporaryFolders, write } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()

function study(benchmark: string, judge = 'provider: local, model: longer'): string {
  return `version: 1
name: s
title: S
question: S?
benchmark: ${benchmark}
evaluation: { side: all }
judges: [{ name: a, ${judge} }]
`
}

describe('a study file on its benchmark', () => {
  it.each([
    ['{ source: reward-bench-2 }'],
    ['{ source: reward-bench-2, revision: main, problems: report }'],
    ['{ source: builtin, problems: report }'],
    ['{ source: llmbar, path: x, problems: report }'],
    ['{ source: reward-bench, path: data/x.parquet }'],
    ['{ source: judgebench, path: data/JudgeBench }'],
    [
      '{ source: file, path: x.csv, format: csv, columns: { prompt: p, chosen: c, rejected: [r1, r2] }, problems: strict }',
    ],
    ['{ source: file, path: x.jsonl }'],
    ['{ source: file, path: x, columns: { responses: [a, b], label: w, values: [[1, yes], [true]], ties: [0] } }'],
    ['{ source: file, path: x, columns: { prompt: p, responses: l, text: t, rank: r, models: m, metadata: [] } }'],
  ])('may say %s', (benchmark) => {
    expect(parseStudy(study(benchmark), 's.yaml').benchmark).toBeTruthy()
  })

  it.each([
    [
      '{ source: rewardbench2 }',
      's.yaml:5:22: benchmark.source: expected one of builtin, llmbar, reward-bench-2, reward-bench, judgebench, file, found "rewardbench2" (did you mean "reward-bench-2"?)',
    ],
    [
      '{ source: judgebench }',
      'benchmark: expected `path:` to the JudgeBench data, which source judgebench needs, found nothing',
    ],
    ['{ source: file }', 'benchmark: expected `path:` to the file, which source file needs, found nothing'],
    ['{ source: llmbar }', 'benchmark: expected `path:` to the LLMBar data, which source llmbar needs, found nothing'],
    [
      '{ source: builtin, revision: main }',
      'benchmark.revision: expected no revision for data on this machine, found "main"',
    ],
    [
      '{ source: reward-bench, path: x, revision: main }',
      'benchmark.revision: expected no revision for data on this machine',
    ],
    ['{ source: reward-bench-2, format: csv }', 'benchmark.format: expected no format for source reward-bench-2'],
    [
      '{ source: llmbar, path: x, columns: { chosen: c, rejected: r } }',
      'benchmark.columns: expected no columns for source llmbar',
    ],
    [
      '{ source: file, path: x, columns: { chosen: c } }',
      'benchmark.columns: expected chosen and rejected, or responses with label or rank, found chosen',
    ],
    ['{ source: file, path: x, columns: { responses: [a, b] } }', 'found responses'],
    ['{ source: file, path: x, columns: {} }', 'found nothing'],
    [
      '{ source: file, path: x, columns: { chosen: c, rejected: r, responses: [a, b], label: w } }',
      'found chosen, rejected, responses, label',
    ],
    ['{ source: file, path: x, columns: { chosn: c } }', 'benchmark.columns.chosn: unknown field "chosn"'],
    [
      '{ source: file, path: x, problems: ignore }',
      'benchmark.problems: expected one of strict, report, found "ignore"',
    ],
    ['{ source: file, path: x, format: xlsx }', 'benchmark.format: expected one of jsonl, csv, parquet, found "xlsx"'],
  ])('may not say %s', (benchmark, message) => {
    expect(() => parseStudy(study(benchmark), 's.yaml')).toThrow(message)
  })

  it('names the layout of recorded verdicts and what becomes of odd ones, for replay only', () => {
    const replay = 'provider: replay, model: m, path: x.jsonl, format: judgebench'
    const named = parseStudy(study('{ source: builtin }', `${replay}, problems: report`), 's.yaml').judges[0]
    expect([named?.format, named?.problems]).toEqual(['judgebench', 'report'])
    expect(() =>
      parseStudy(study('{ source: builtin }', 'provider: local, model: longer, format: llmbar'), 's.yaml'),
    ).toThrow('judges.0.format: expected no format (that of recorded verdicts) for provider local, found "llmbar"')
    expect(() =>
      parseStudy(study('{ source: builtin }', 'provider: local, model: longer, problems: report'), 's.yaml'),
    ).toThrow('judges.0.problems: expected no problems (those of recorded verdicts) for provider local, found "report"')
  })
})

describe('loadBenchmark', () => {
  it('reads each source below the project', async () => {
    const root = newFolder()
    const row = { id: 1, prompt: 'p', chosen: 'a', rejected: 'b', subset: 's' }
    write(toJsonl([row]), root, 'v1.jsonl')
    write(toJsonl([{ ...row, id: 'x', chosen: ['a'], rejected: ['b'] }]), root, 'v2.jsonl')
    const pair = {
      pair_id: 'j',
      source: 'livecodebench',
      question: 'q',
      response_A: 'a',
      response_B: 'b',
      label: 'B>A',
    }
    write(toJsonl([pair]), root, 'jb', 'data', 'pairs.jsonl')
    const named = [
      { source: 'reward-bench', path: 'v1.jsonl' },
      { source: 'reward-bench-2', path: 'v2.jsonl' },
      { source: 'judgebench', path: 'jb' },
    ] as const
    const loaded = await Promise.all(named.map((benchmark) => loadBenchmark(benchmark, projectAt(root))))
    expect(loaded.map(({ name, examples }) => [name, (examples[0] as Example).id])).toEqual([
      ['RewardBench', 's#1'],
      ['RewardBench 2', 'x'],
      ['JudgeBench', 'j'],
    ])
    await expect(loadBenchmark({ source: 'judgebench' }, projectAt(root))).rejects.toThrow(
      'benchmark.path: expected a path to the JudgeBench data',
    )
  })
})

describe('a fingerprint', () => {
  it('is the digest of all examples, of however many', async () => {
    const rows = Array.from({ length: 3 }, (_, at) => ({
      id: at,
      prompt: `p${at}`,
      chosen: 'a',
      rejected: 'b',
      subset: 's',
    }))
    for (const held of [rows.slice(0, 1), rows]) {
      const root = newFolder()
      write(toJsonl(held), root, 'v1.jsonl')
      const { examples, fingerprint } = await loadBenchmark(
        { source: 'reward-bench', path: 'v1.jsonl' },
        projectAt(root),
      )
      expect(fingerprint).toBe(digest(examples))
    }
  })
})

describe('a row with a field metadata', () => {
  const ROW = { id: 'x', prompt: 'p', chosen: ['a'], rejected: ['b'], subset: 's', models: ['m'] }

  it('gives its keys to the example’s metadata', () => {
    const row = { ...ROW, metadata: { kind: 'passage', synthetic: true } }
    expect(fromRewardBench2Row(row, { file: 'f' }).metadata).toEqual({
      models: ['m'],
      kind: 'passage',
      synthetic: true,
    })
  })

  it.each([[null], ['text'], [[1]]])('keeps %j, which has no keys', (metadata) => {
    expect(fromRewardBench2Row({ ...ROW, metadata }, { file: 'f' }).metadata).toEqual({ models: ['m'], metadata })
  })
})
