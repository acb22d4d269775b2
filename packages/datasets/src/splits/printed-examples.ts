import { type Example, promptText, rejectedOf, type Split } from '@judgelab/core'
import type { Benchmark } from '../benchmark.js'

/** An example that the published notebook prints, and whether it stands where the notebook prints it. */
export interface PrintedExample {
  /** Where the notebook prints it. */
  readonly what: string
  /** The id of the example that stands there. */
  readonly id: string
  /** What differs from the print; empty where nothing does. */
  readonly differences: readonly string[]
}

/** What the notebook shows of an example: a whole prompt, beginnings or lengths of responses. */
interface Print {
  readonly what: string
  readonly prompt: string
  readonly chosen: Shown
  /** By place among the rejected responses. */
  readonly rejected: readonly Shown[]
  readonly at: (sides: Sides) => Example | undefined
}

interface Sides {
  readonly rows: readonly Example[]
  readonly train: readonly string[]
  readonly test: readonly string[]
}

/** The first words of a text, or its length in Unicode characters. */
type Shown = { readonly begins: string } | { readonly length: number }

const onSide = ({ rows }: Sides, id: string | undefined): Example | undefined => rows.find((row) => row.id === id)

const PRINTS: readonly Print[] = [
  {
    what: 'row 0 of the data ("EXAMPLE FROM REWARDBENCH 2")',
    prompt:
      'Hi do you know how to fix Codeium defaule setting that is responsible for this  [ERROR]: [deadline_exceeded] context deadline exceeded',
    chosen: { begins: 'Certainly! The error `[ERROR]: [deadline_exceeded] context deadline exceeded` typically' },
    rejected: [
      { begins: 'To resolve the "deadline_exceeded" error in Codeium, you can try the following steps' },
      { begins: "It seems like you're encountering a timeout error in Codeium, possibly due to" },
      { begins: 'The `deadline_exceeded` error in Codeium (or any other AI-powered coding platform)' },
    ],
    at: ({ rows }) => rows[0],
  },
  {
    what: 'the first training example ("Sample Preference Pair")',
    prompt:
      'What does it mean on an HP laptop when the "padlock A" and "padlock 1" lights flash on the keyboard during boot?',
    chosen: { begins: 'On HP laptops, when the padlock A (Caps Lock) and padlock 1 (Num Lock) lights flash' },
    rejected: [{ begins: 'The flashing "padlock A" and "padlock 1" lights on your HP laptop keyboard' }],
    at: (sides) => onSide(sides, sides.train[0]),
  },
  {
    what: 'the first test example ("Example transformed data")',
    prompt: 'is there any software out now that has the name telescope',
    chosen: { length: 687 },
    rejected: [{ length: 129 }],
    at: (sides) => onSide(sides, sides.test[0]),
  },
]

/**
 * The examples that the published notebook prints, looked for where its split of RewardBench 2 puts them: row 0 says that
 * the rows are the published ones in the published order, the first training and the first test example that both sides
 * were drawn as published. Undefined for other benchmarks, and for a split that is not the published one.
 *
 * @see togethercomputer/together-cookbook, Evals/Optimizing_LLM_Judges.ipynb: the outputs of its cells
 */
export function printedExamples({ name, examples }: Benchmark, split: Split): PrintedExample[] | undefined {
  if (name !== 'RewardBench 2' || !isPublished(split)) return undefined
  return PRINTS.map((print) => {
    const example = print.at({ rows: examples, train: split.train, test: split.test })
    return { what: print.what, id: example?.id ?? 'none', differences: differencesFrom(print, example) }
  })
}

function isPublished({ method, seed, parameters: { trainSize, testSize } }: Split): boolean {
  return method === 'together-2026' && seed === 42 && trainSize === 1500 && testSize === 300
}

function differencesFrom({ prompt, chosen, rejected }: Print, example: Example | undefined): string[] {
  if (example === undefined) return ['there is no such example']
  const wrong = rejectedOf(example)
  const textAt = (index: number | undefined): string | undefined => example.responses[index ?? -1]?.text
  return [
    ...(promptText(example.prompt) === prompt ? [] : ['prompt']),
    ...(isAsShown(textAt(example.chosen[0]), chosen) ? [] : ['chosen response']),
    ...rejected.flatMap((shown, at) => (isAsShown(textAt(wrong[at]), shown) ? [] : [`rejected response ${at + 1}`])),
  ]
}

function isAsShown(text: string | undefined, shown: Shown): boolean {
  if (text === undefined) return false
  return 'begins' in shown ? text.startsWith(shown.begins) : [...text].length === shown.length
}
