import { join } from 'node:path'
import { presentationOf, toJsonl } from '@judgelab/core'
import { JUDGEBENCH_SUBSETS, loadJudgeBench, loadJudgeBenchVerdicts, loadRecordedAnswers } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { madeBenchmark } from '../support/made-example.js'
import { temporaryFolders, write } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()

const PAIR = {
  pair_id: 'e302b0a0',
  original_id: 1420,
  source: 'mmlu-pro-law',
  question: 'Which?\n(A) one (B) two',
  response_model: 'gpt-4o-2024-05-13',
  response_A: 'AAAAA',
  response_B: 'BBBBB',
  label: 'A>B',
}

const PAIRS = [
  PAIR,
  { ...PAIR, pair_id: 'p2', original_id: null, source: 'livebench-reasoning', question: 'Q2', label: 'B>A' },
  { ...PAIR, pair_id: 'p3', source: 'livebench-math', question: 'Q3' },
  { ...PAIR, pair_id: 'p4', source: 'livecodebench', question: 'Q4' },
]

describe('loadJudgeBench', () => {
  it('reads the original layout: every data file in the order of their names', async () => {
    const folder = newFolder()
    const [first, ...others] = PAIRS
    write(toJsonl(others), folder, 'data', 'dataset=judgebench,response_model=gpt-4o-2024-05-13.jsonl')
    write(toJsonl([first]), folder, 'data', 'dataset=judgebench,response_model=claude-3-5-sonnet-20240620.jsonl')
    write('no pairs', folder, 'outputs', 'x.jsonl')
    const benchmark = await loadJudgeBench({ path: folder })
    expect(benchmark.examples[0]).toEqual({
      v: 1,
      id: 'e302b0a0',
      subset: 'Knowledge',
      prompt: 'Which?\n(A) one (B) two',
      responses: [
        { text: 'AAAAA', model: 'gpt-4o-2024-05-13' },
        { text: 'BBBBB', model: 'gpt-4o-2024-05-13' },
      ],
      chosen: [0],
      metadata: { source: 'mmlu-pro-law', original_id: 1420 },
    })
    expect(benchmark.examples.map(({ id, subset, chosen }) => [id, subset, chosen[0]])).toEqual([
      ['e302b0a0', 'Knowledge', 0],
      ['p2', 'Reasoning', 1],
      ['p3', 'Math', 0],
      ['p4', 'Coding', 0],
    ])
    expect(benchmark.examples[1]?.metadata.original_id).toBeNull()
    expect(benchmark.examples.map(({ subset }) => subset)).toEqual(JUDGEBENCH_SUBSETS)
    const files = await loadJudgeBench({ path: join(folder, 'data') })
    expect(files.fingerprint).toBe(benchmark.fingerprint)
  })

  it.each([
    [{ label: 'A=B' }, 'label: expected A>B or B>A, found "A=B"'],
    [{ source: 'poetry' }, 'source: expected a source that begins with mmlu-pro, livebench-reasoning'],
    [{ response_B: null }, 'responses.1.text: expected a text, found null'],
    [{ pair_id: 7 }, 'id: expected a text, found 7'],
  ])('refuses %j', async (change, message) => {
    const path = write(toJsonl([PAIR, { ...PAIR, ...change }]), newFolder(), 'pairs.jsonl')
    await expect(loadJudgeBench({ path })).rejects.toThrow(`pairs.jsonl:2: ${message}`)
  })

  it('says what is not there', async () => {
    await expect(loadJudgeBench({ path: newFolder() })).rejects.toThrow(
      'expected data/*.jsonl (github.com/ScalerLab/JudgeBench), found none',
    )
    await expect(loadJudgeBench({ path: join(newFolder(), 'x') })).rejects.toThrow('expected a file or folder')
  })
})

/** A line of `outputs/`: the pair with what the judge said of it. */
function output(pair: object, judge: string, judgments: unknown[]): object {
  return { ...pair, judge_name: judge, judgments }
}

function judged(decision: string | null, response = 'I think …'): object {
  return { judgment: { judge_model: 'gpt-4o', prompt: 'Which?', response }, decision }
}

function idOf(exampleId: string, slots: readonly number[]): string {
  return presentationOf({ exampleId, mode: 'pairwise', slots, repeat: 0 }).id
}

describe('loadJudgeBenchVerdicts', () => {
  it('takes the decision of the second judgment in the frame that was shown, B first', async () => {
    const line = output(PAIR, 'arena_hard', [judged('A>B', 'first'), judged('A>B', 'second')])
    const answers = await loadJudgeBenchVerdicts(write(toJsonl([line]), newFolder(), 'out.jsonl'), '')
    expect(answers.get(idOf('e302b0a0', [0, 1]))).toEqual({ outcome: { kind: 'choice', slot: 0 }, raw: 'first' })
    // A>B of the second game: the first shown, which is response B. Upstream flips it to B>A: inconsistent with the first.
    expect(answers.get(idOf('e302b0a0', [1, 0]))).toEqual({ outcome: { kind: 'choice', slot: 0 }, raw: 'second' })
    expect(answers.size).toBe(2)
  })

  it('keeps ties, unreadable decisions and failed calls apart, and reads a single game', async () => {
    const lines = [
      output(PAIRS[0] as object, 'j', [judged('A=B'), judged(null)]),
      output(PAIRS[1] as object, 'j', [null, judged('B>A', '')]),
      output(PAIRS[2] as object, 'j', [judged('A<B')]),
    ]
    const answers = await loadJudgeBenchVerdicts(write(toJsonl(lines), newFolder(), 'out.jsonl'), '')
    const outcomes = [...answers].map(([id, { outcome }]) => [id, outcome])
    expect(outcomes).toEqual([
      [idOf('e302b0a0', [0, 1]), { kind: 'choice', slot: 'tie' }],
      [idOf('e302b0a0', [1, 0]), { kind: 'failed', reason: 'unparsed' }],
      [idOf('p2', [0, 1]), { kind: 'failed', reason: 'error' }],
      [idOf('p2', [1, 0]), { kind: 'choice', slot: 1 }],
      [idOf('p3', [0, 1]), { kind: 'failed', reason: 'unparsed', detail: 'A<B' }],
    ])
    expect(answers.get(idOf('p2', [1, 0]))).not.toHaveProperty('raw')
  })

  it('finds a judge in the folder of outputs by prompt and model, for every response model', async () => {
    const folder = newFolder()
    const ending = 'judge_name=reward_model,judge_model=Skywork_Skywork-Reward-8B.jsonl'
    const of = (pair: object): string => toJsonl([output(pair, 'reward_model', [judged('B>A'), judged('A>B')])])
    write(of(PAIRS[0] as object), folder, 'outputs', `dataset=judgebench,response_model=gpt-4o,${ending}`)
    write(of(PAIRS[1] as object), folder, 'outputs', `dataset=judgebench,response_model=claude,${ending}`)
    write(
      of(PAIRS[2] as object),
      folder,
      'outputs',
      'dataset=judgebench,response_model=gpt-4o,judge_name=vanilla,judge_model=x.jsonl',
    )
    const recorded = {
      format: 'judgebench',
      model: 'reward_model/Skywork/Skywork-Reward-8B',
      benchmark: madeBenchmark({ a: 2 }),
    } as const
    expect((await loadRecordedAnswers({ ...recorded, path: folder })).size).toBe(4)
    expect((await loadRecordedAnswers({ ...recorded, path: join(folder, 'outputs') })).size).toBe(4)
    await expect(loadRecordedAnswers({ ...recorded, path: folder, model: 'autoj/x' })).rejects.toThrow(
      'expected outputs/*judge_name=autoj,judge_model=x.jsonl, found none',
    )
  })

  it.each([
    ['no judgments', { ...PAIR }, 'judgments: expected one or two judgments, found nothing'],
    ['three judgments', output(PAIR, 'j', [null, null, null]), 'judgments: expected one or two judgments'],
    [
      'a number as decision',
      output(PAIR, 'j', [{ judgment: {}, decision: 1 }]),
      'judgments.0.decision: expected A>B, B>A, A=B or null, found 1',
    ],
    ['a text as judgment', output(PAIR, 'j', ['A>B']), 'judgments.0: expected an object, found "A>B"'],
    ['no id', output({ ...PAIR, pair_id: null }, 'j', [null]), 'pair_id: expected a text, found null'],
  ])('refuses %s', async (_, line, message) => {
    const path = write(toJsonl([output(PAIRS[1] as object, 'j', [null]), line]), newFolder(), 'out.jsonl')
    await expect(loadJudgeBenchVerdicts(path, '')).rejects.toThrow(`out.jsonl:2: ${message}`)
  })

  it('refuses a pair that stands twice, JSON that is none, and an empty file', async () => {
    const line = output(PAIR, 'j', [null])
    const twice = write(toJsonl([line, line]), newFolder(), 'out.jsonl')
    await expect(loadJudgeBenchVerdicts(twice, '')).rejects.toThrow('found a second one of "e302b0a0"')
    await expect(loadJudgeBenchVerdicts(write('{', newFolder(), 'out.jsonl'), '')).rejects.toThrow(
      'out.jsonl:1: expected JSON',
    )
    await expect(loadJudgeBenchVerdicts(write('\n', newFolder(), 'out.jsonl'), '')).rejects.toThrow(
      'expected recorded verdicts, found none',
    )
  })
})
