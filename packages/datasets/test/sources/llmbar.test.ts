import { toJsonl } from '@judgelab/core'
import { loadLlmbar, loadLlmbarVerdicts, type RecordedAnswers } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { temporaryFolders, write } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()
const SUBSETS = ['Natural', 'Adversarial/Neighbor', 'Adversarial/GPTInst', 'Adversarial/GPTOut', 'Adversarial/Manual']

/** One item with what a judge answered in both orders: the output it named, and how the call ended. */
interface Item {
  readonly subset: string
  readonly index: number
  readonly prompt: string
  readonly outputs: readonly [string, string]
  readonly label: 1 | 2
  readonly winners: readonly [string | null, string | null]
  readonly finish: string
}

/** One or two items a subset, with every kind of answer and characters that are no line ends. */
const ITEMS: readonly Item[] = SUBSETS.flatMap((subset, at) => {
  const item = (index: number, winners: Item['winners'], finish = 'stop'): Item => ({
    subset,
    index,
    prompt: `Prompt ${subset} ${index}\u2028with \u0085 signs`,
    outputs: [`first ${at}`, `second ${at}`],
    label: at % 2 === 0 ? 1 : 2,
    winners,
    finish,
  })
  return [item(0, at === 3 ? ['tie', null] : ['1', '2']), ...(at < 2 ? [item(1, ['2', null], 'length')] : [])]
})

/** The original layout: a list a subset, `winner` naming the output in the order of the dataset. */
function writeOriginal(folder: string, below = 'Dataset/LLMBar'): string {
  for (const subset of SUBSETS) {
    const items = ITEMS.filter((item) => item.subset === subset)
    const dataset = items.map(({ prompt, outputs, label }) => ({
      input: prompt,
      output_1: outputs[0],
      output_2: outputs[1],
      label,
    }))
    write(JSON.stringify(dataset, null, 2), folder, below, subset, 'dataset.json')
    const results = items.map((item, index) => ({
      ...dataset[index],
      results: [
        {
          'swap = False': { winner: item.winners[0], completion: ['Output (a)', item.finish] },
          'swap = True': { winner: item.winners[1], completion: ['Output (b)', item.finish] },
        },
      ],
    }))
    write(JSON.stringify(results), folder, below, subset, 'evaluators', 'GPT-4', 'Vanilla', 'result.json')
  }
  return folder
}

/** The neutral layout: one line an item, and one line an answer. */
function writeNeutral(folder: string): string {
  const id = ({ subset, index }: Item): string => `${subset}#${index}`
  write(
    toJsonl(
      ITEMS.map((item) => ({
        id: id(item),
        category: item.subset,
        prompt: item.prompt,
        responseA: item.outputs[0],
        responseB: item.outputs[1],
        label: item.label === 1 ? 'A' : 'B',
      })),
    ),
    folder,
    'items.jsonl',
  )
  const verdict = (winner: string | null): string | null => (winner === '1' ? 'A' : winner === '2' ? 'B' : winner)
  write(
    toJsonl(
      ITEMS.flatMap((item) => [
        { id: id(item), order: 'AB', verdict: verdict(item.winners[0]), tail: 'Output (a)', finish: item.finish },
        { id: id(item), order: 'BA', verdict: verdict(item.winners[1]), tail: 'Output (b)', finish: item.finish },
      ]),
    ),
    folder,
    'verdicts',
    'GPT-4__Vanilla.jsonl',
  )
  return folder
}

describe('loadLlmbar', () => {
  it('gives the same examples from the original and the neutral layout', async () => {
    const original = await loadLlmbar(writeOriginal(newFolder()))
    const neutral = await loadLlmbar(writeNeutral(newFolder()))
    expect(original).toEqual(neutral)
    expect(original.synthetic).toBe(false)
    expect(original.examples.map(({ id }) => id)).toEqual([
      'Natural#0',
      'Natural#1',
      'Adversarial/Neighbor#0',
      'Adversarial/Neighbor#1',
      'Adversarial/GPTInst#0',
      'Adversarial/GPTOut#0',
      'Adversarial/Manual#0',
    ])
    expect(original.examples[2]).toEqual({
      v: 1,
      id: 'Adversarial/Neighbor#0',
      subset: 'Adversarial/Neighbor',
      prompt: 'Prompt Adversarial/Neighbor 0\u2028with \u0085 signs',
      responses: [{ text: 'first 1' }, { text: 'second 1' }],
      chosen: [1],
      metadata: {},
    })
  })

  it('finds the original layout beside it, below original/, and in the folder of the dataset itself', async () => {
    const expected = await loadLlmbar(writeOriginal(newFolder()))
    expect(await loadLlmbar(writeOriginal(newFolder(), 'original/Dataset/LLMBar'))).toEqual(expected)
    expect(await loadLlmbar(writeOriginal(newFolder(), '.'))).toEqual(expected)
  })

  it('says what it expected where neither layout is, and how to have it', async () => {
    await expect(loadLlmbar(newFolder())).rejects.toThrow('`judgelab fetch llmbar --to <folder>` fetches them')
    await expect(loadLlmbar(newFolder())).rejects.toThrow('expected items.jsonl or Dataset/LLMBar/Natural/dataset.json')
  })

  it('names file, line and field of a malformed neutral item', async () => {
    const good = { id: 'Natural#0', category: 'Natural', prompt: 'p', responseA: 'a', responseB: 'b', label: 'A' }
    for (const [change, message] of [
      [{ label: 'C' }, 'items.jsonl:2: label: expected A or B, found "C"'],
      [{ label: 1 }, 'items.jsonl:2: label: expected A or B, found 1'],
      [{ label: undefined }, 'items.jsonl:2: label: expected A or B, found nothing'],
      [{ responseB: null }, 'items.jsonl:2: responses.1.text: expected a text, found null'],
      [{ category: undefined }, 'items.jsonl:2: subset: expected a text, found nothing'],
      [{ id: 'Natural#0' }, 'items.jsonl:2: id: expected an id that occurs once, found "Natural#0" as in row 1'],
    ] as const) {
      const folder = newFolder()
      write(toJsonl([good, { ...good, id: 'Natural#1', ...change }]), folder, 'items.jsonl')
      await expect(loadLlmbar(folder)).rejects.toThrow(message)
    }
  })

  it('names file and item of a malformed original one', async () => {
    const folder = writeOriginal(newFolder())
    write(
      '[{"input":"p","output_1":"a","output_2":"b","label":3}]',
      folder,
      'Dataset/LLMBar/Adversarial/Manual/dataset.json',
    )
    await expect(loadLlmbar(folder)).rejects.toThrow('dataset.json#0: label: expected 1 or 2, found 3')
    write('{"items":[]}', folder, 'Dataset/LLMBar/Adversarial/Manual/dataset.json')
    await expect(loadLlmbar(folder)).rejects.toThrow('dataset.json: expected a list, found {"items":[]}')
  })
})

describe('loadLlmbarVerdicts', () => {
  const neutralFile = (folder: string): string => `${folder}/verdicts/GPT-4__Vanilla.jsonl`

  it('gives the same answers from the original and the neutral layout', async () => {
    const original = await loadLlmbarVerdicts(writeOriginal(newFolder()), 'GPT-4/Vanilla')
    const neutral = await loadLlmbarVerdicts(neutralFile(writeNeutral(newFolder())), 'GPT-4/Vanilla')
    expect(sorted(original)).toEqual(sorted(neutral))
    expect(original.size).toBe(2 * ITEMS.length)
  })

  it('turns verdicts on outputs into slots: what the judge saw first is slot 0', async () => {
    const answers = await loadLlmbarVerdicts(neutralFile(writeNeutral(newFolder())), 'GPT-4/Vanilla')
    const outcome = (id: string): unknown => answers.get(id)?.outcome
    expect(outcome('Natural#0|pairwise|0-1#0')).toEqual({ kind: 'choice', slot: 0 }) // A, shown first
    expect(outcome('Natural#0|pairwise|1-0#0')).toEqual({ kind: 'choice', slot: 0 }) // B, shown first
    expect(outcome('Natural#1|pairwise|0-1#0')).toEqual({ kind: 'choice', slot: 1 }) // B, shown second
    expect(outcome('Adversarial/GPTOut#0|pairwise|0-1#0')).toEqual({ kind: 'choice', slot: 'tie' })
    expect(answers.get('Natural#0|pairwise|1-0#0')?.raw).toBe('Output (b)')
  })

  it('calls what upstream could not read failed: by length where the answer was cut, else unparsed', async () => {
    const answers = await loadLlmbarVerdicts(writeOriginal(newFolder()), 'GPT-4/Vanilla')
    expect(answers.get('Natural#1|pairwise|1-0#0')?.outcome).toEqual({ kind: 'failed', reason: 'length' })
    expect(answers.get('Adversarial/GPTOut#0|pairwise|1-0#0')?.outcome).toEqual({ kind: 'failed', reason: 'unparsed' })
  })

  it.each([
    [{ verdict: 'C' }, 'verdict: expected A, B, tie or null, found "C"'],
    [{ verdict: 0 }, 'verdict: expected A, B, tie or null, found 0'],
    [{ verdict: 7 }, 'verdict: expected A, B, tie or null, found 7'],
    [{ verdict: 'toString' }, 'verdict: expected A, B, tie or null, found "toString"'],
    [{ verdict: undefined }, 'verdict: expected A, B, tie or null, found nothing'],
    [{ order: 'AA' }, 'order: expected AB or BA, found "AA"'],
    [{ order: undefined }, 'order: expected AB or BA, found nothing'],
    [{ id: 5 }, 'id: expected a text, found 5'],
    [{ order: 'AB' }, 'expected one judgment for each example and order, found a second one of "Natural#0"'],
  ])('refuses a neutral line with %j', async (change, message) => {
    const good = { id: 'Natural#0', order: 'AB', verdict: 'A' }
    const file = write(toJsonl([good, { ...good, order: 'BA', ...change }]), newFolder(), 'judge.jsonl')
    await expect(loadLlmbarVerdicts(file, 'judge')).rejects.toThrow(`judge.jsonl:2: ${message}`)
  })

  it('refuses an empty recording: its judge would look as if it always failed', async () => {
    const file = write('', newFolder(), 'judge.jsonl')
    await expect(loadLlmbarVerdicts(file, 'judge')).rejects.toThrow('expected recorded verdicts, found none')
  })

  it.each([
    ['[{"input":"p"}]', 'result.json#0: results: expected an object, found nothing'],
    ['[{"results":[]}]', 'result.json#0: results: expected an object, found nothing'],
    [
      '[{"results":[{"swap = False":{"winner":"1"}}]}]',
      'result.json#0: results.0.swap = True: expected an object, found nothing',
    ],
    [
      '[{"results":[{"swap = False":{"winner":"A"}}]}]',
      'result.json#0: results.0.swap = False.winner: expected 1, 2, tie or null, found "A"',
    ],
  ])('refuses an original result %s', async (text, message) => {
    const folder = writeOriginal(newFolder())
    write(text, folder, 'Dataset/LLMBar/Natural/evaluators/GPT-4/Vanilla/result.json')
    await expect(loadLlmbarVerdicts(folder, 'GPT-4/Vanilla')).rejects.toThrow(message)
  })

  it('says which file of a judge is missing', async () => {
    const folder = writeOriginal(newFolder())
    await expect(loadLlmbarVerdicts(folder, 'GPT-5/Vanilla')).rejects.toThrow(
      /Natural.evaluators.GPT-5.Vanilla.result\.json: expected a file with a JSON list, found none/,
    )
    await expect(loadLlmbarVerdicts(`${folder}/none.jsonl`, 'x')).rejects.toThrow(
      'none.jsonl: expected a readable file',
    )
  })
})

function sorted(answers: RecordedAnswers): unknown[] {
  return [...answers].sort(([a], [b]) => (a < b ? -1 : 1))
}
