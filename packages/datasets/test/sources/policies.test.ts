import { join } from 'node:path'
import { BENCHMARK_SOURCES, type BenchmarkSource, projectAt, type StudyBenchmark, toJsonl } from '@judgelab/core'
import {
  type Benchmark,
  benchmarkOf,
  createProblemLog,
  describeProblem,
  loadBenchmark,
  loadRecordedAnswers,
} from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { madeBenchmark } from '../support/made-example.js'
import { temporaryFolders, write } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()

/** Twelve rows that cannot be used, and two good ones around them. */
const BAD = 12
const rowsOf = (good: (at: number) => object, change: object): object[] =>
  Array.from({ length: BAD + 2 }, (_, at) => ({ ...good(at), ...(at === 0 || at === BAD + 1 ? {} : change) }))

/** A file of each source's layout, the field that is wrong in it, and how the study names it. */
const SOURCES: Readonly<
  Record<BenchmarkSource, readonly [rows: object[], field: string, ...Partial<StudyBenchmark>[]]>
> = {
  builtin: [
    rowsOf((at) => ({ id: `${at}`, prompt: `p${at}`, chosen: ['c'], rejected: ['r'], subset: 'Math' }), { chosen: [] }),
    'chosen',
  ],
  'reward-bench-2': [
    rowsOf((at) => ({ id: `${at}`, prompt: `p${at}`, chosen: ['c'], rejected: ['r'], subset: 'Math' }), { prompt: 7 }),
    'prompt',
  ],
  'reward-bench': [
    rowsOf((id) => ({ id, prompt: `p${id}`, chosen: 'c', rejected: 'r', subset: 'hep-js' }), { rejected: null }),
    'responses.1.text',
  ],
  judgebench: [
    rowsOf(
      (at) => ({
        ...{ pair_id: `${at}`, original_id: null, source: 'mmlu-pro-law', question: `q${at}` },
        ...{ response_model: 'm', response_A: 'a', response_B: 'b', label: 'A>B' },
      }),
      { label: 'A=B' },
    ),
    'label',
  ],
  llmbar: [rowsOf((at) => ({ input: `p${at}`, output_1: 'a', output_2: 'b', label: 1 }), { label: 3 }), 'label'],
  file: [
    rowsOf((at) => ({ q: `p${at}`, c: 'c', r: 'r' }), { c: null }),
    'c',
    { columns: { prompt: 'q', chosen: 'c', rejected: 'r' } },
  ],
}

/** Writes the source's file (LLMBar's are five) and gives what the study says of it. */
function written(root: string, source: BenchmarkSource): StudyBenchmark {
  const [rows, , extra] = SOURCES[source]
  if (source !== 'llmbar') {
    write(toJsonl(rows), root, 'rows.jsonl')
    return { source, path: 'rows.jsonl', ...extra }
  }
  const subsets = ['Natural', 'Adversarial/Neighbor', 'Adversarial/GPTInst', 'Adversarial/GPTOut', 'Adversarial/Manual']
  for (const [at, subset] of subsets.entries())
    write(JSON.stringify(at === 1 ? rows : []), root, 'Dataset', 'LLMBar', subset, 'dataset.json')
  return { source, path: '.' }
}

describe('problems of a source', () => {
  it.each(BENCHMARK_SOURCES)('%s: strict stops with the first ten and the total', async (source) => {
    const root = newFolder()
    const named = written(root, source)
    const failure = await loadBenchmark(named, projectAt(root)).catch((error: unknown) => error)
    const { message, field } = failure as { message: string; field: string }
    expect(field).toBe(SOURCES[source][1])
    const lines = message.split('\n')
    expect(lines).toHaveLength(12)
    for (const [at, line] of lines.slice(0, 10).entries()) {
      const place = source === 'llmbar' ? `dataset.json#${at + 1}: ` : `rows.jsonl:${at + 2}: `
      expect(line).toContain(`${place}${field}: expected`)
      expect(line).toContain(', found ')
    }
    expect(lines.slice(10)).toEqual([
      '  and 2 more',
      '  12 problems in all; `problems: report` would leave these rows out and count them',
    ])
    await expect(loadBenchmark({ ...named, problems: 'strict' }, projectAt(root))).rejects.toThrow('12 problems in all')
  })

  it.each(BENCHMARK_SOURCES)('%s: report leaves them out and counts them', async (source) => {
    const root = newFolder()
    const named = written(root, source)
    const { examples, report } = await loadBenchmark({ ...named, problems: 'report' }, projectAt(root))
    expect(examples).toHaveLength(2)
    expect(report).toMatchObject({ policy: 'report', rows: BAD + 2, skipped: { malformed: BAD } })
    expect(report?.problems.map(describeProblem)).toHaveLength(10)
  })
})

describe('problems of recorded verdicts', () => {
  const bad = Array.from({ length: BAD }, () => ({}))
  it.each([
    ['llmbar', bad, 'verdicts.jsonl:1: id: expected a text, found nothing'],
    ['judgebench', bad, 'verdicts.jsonl:1: pair_id: expected a text, found nothing'],
    [
      'together-eval',
      bad,
      'verdicts.jsonl:1: choice_original: expected choice_original and choice_flipped, found nothing',
    ],
  ] as const)('%s: the first ten and the total, and no advice that there is not', async (format, rows, first) => {
    const root = newFolder()
    write(toJsonl(rows), root, 'verdicts.jsonl')
    const asked = { format, path: join(root, 'verdicts.jsonl'), model: 'm', benchmark: madeBenchmark({ a: 2 }) }
    const { message } = (await loadRecordedAnswers(asked).catch((error: unknown) => error)) as Error
    const lines = message.split('\n')
    expect(lines[0]).toContain(first)
    expect(lines).toHaveLength(12)
    expect(lines.at(-1)).toBe('  12 problems in all')
  })

  it.each([
    [
      'llmbar',
      { id: 'a-0', order: 'AB', verdict: 'A' },
      { id: 'a-1', order: 'AB', verdict: 'C' },
      'verdict: expected A, B, tie or null, found "C"',
    ],
    [
      'judgebench',
      { pair_id: 'a-0', judgments: [{ decision: 'A>B' }, { decision: 'B>A' }] },
      { pair_id: 'a-1', judgments: [{ decision: 'A>B' }, { decision: 5 }] },
      'judgments.1.decision: expected A>B, B>A, A=B or null, found 5',
    ],
    [
      'together-eval',
      { id: 'a-0', response_a: 'A0', response_b: 'B0', choice_original: 'A', choice_flipped: 'B' },
      { id: 'a-1', response_a: 'nobody’s', response_b: 'B1', choice_original: 'A', choice_flipped: 'B' },
      'expected responses of an example of the benchmark in response_a and response_b, found "nobody’s"',
    ],
  ] as const)('%s: report leaves a row out as a whole, and counts it', async (format, good, odd, message) => {
    const root = newFolder()
    write(toJsonl([good, odd, good, 7]), root, 'verdicts.jsonl')
    const log = createProblemLog('report')
    const asked = { format, path: join(root, 'verdicts.jsonl'), model: 'm', benchmark: namedTexts() }
    const answers = await loadRecordedAnswers({ ...asked, log })
    expect([...answers.keys()].filter((id) => !id.startsWith('a-0'))).toEqual([])
    expect(answers.size).toBe(format === 'llmbar' ? 1 : 2)
    expect(log.report()).toMatchObject({ rows: 4, skipped: { malformed: 3 } })
    expect(log.report().problems.map(describeProblem)).toEqual([
      expect.stringContaining(`verdicts.jsonl:2: ${message}`),
      expect.stringContaining('verdicts.jsonl:3: expected one judgment for each example and order, found a second one'),
      expect.stringContaining('verdicts.jsonl:4: expected an object, found 7'),
    ])
  })
})

/** Two examples whose responses can be told apart. */
function namedTexts(): Benchmark {
  const made = madeBenchmark({ a: 2 })
  const examples = made.examples.map((example, at) => ({
    ...example,
    id: `a-${at}`,
    responses: [{ text: `A${at}` }, { text: `B${at}` }],
  }))
  return benchmarkOf({ name: 'made', synthetic: true, about: 'Made for a test.', examples })
}
