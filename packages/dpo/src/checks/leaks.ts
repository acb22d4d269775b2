import { type Example, finish, type LeakPolicy, type PreferencePair, promptText, type Steps } from '@judgelab/core'
import { nearDuplicateSteps, promptDigest, siblingKey } from '@judgelab/datasets'
import {
  type PairColumns,
  type PairSelection,
  placesWhere,
  promptNumber,
  selectionOf,
} from '../pairs/pair-selection.js'

/** How a pair shows something of what is judged: it is made of a judged example, asks its prompt, or nearly its prompt. */
export type LeakKind = 'example' | 'prompt' | 'near-prompt'

/** A pair that shows something of what is judged. */
export interface PairLeak {
  readonly id: string
  readonly kind: LeakKind
  /** The judged example. */
  readonly of: string
}

/** What was found, and what became of it. */
export interface LeakReport {
  readonly policy: LeakPolicy
  /** Pairs that were looked at. */
  readonly of: number
  readonly found: Readonly<Record<LeakKind, number>>
  readonly cases: readonly PairLeak[]
  /** Pairs made of a sibling (`ref:N` and `tied:N`: one question) of a judged example; the published split divides them. */
  readonly siblings: number
  readonly dropped: number
}

/** What pairs are held against. */
export interface LeakOptions {
  /** The examples that the pairs are made of. */
  readonly examples: readonly Example[]
  /** The examples that are judged. */
  readonly judged: readonly Example[]
  readonly policy: LeakPolicy
  /** Jaccard similarity of word 5-grams from which prompts count as nearly the same, in (0, 1]; defaults to 0.6. */
  readonly nearPrompts?: number | undefined
  /** Told while prompts are compared. */
  readonly onProgress?: ((done: number, total: number, unit: string) => void) | undefined
}

const SHOWN_CASES = 10

/**
 * Looks for pairs that are made of a judged example, ask its prompt or nearly its prompt. Under `drop` they are left out,
 * and those of siblings too; otherwise all pairs come back, and `refuseLeaks` is the gate.
 */
export function findLeaks(
  pairs: readonly PreferencePair[],
  options: LeakOptions,
): { readonly pairs: readonly PreferencePair[]; readonly leaks: LeakReport } {
  const found = finish(leakSteps(selectionOf(pairs), options))
  return { ...found, pairs: [...found.pairs] }
}

/** The same of pairs that need not be in memory; the prompts of what is judged are. */
export function* leakSteps(
  pairs: PairSelection,
  options: LeakOptions,
): Steps<{ readonly pairs: PairSelection; readonly leaks: LeakReport }> {
  const { policy } = options
  const { columns, length } = pairs
  const leakOf = yield* leakFinder(columns, options)
  const siblings = new Set(options.judged.map(({ id }) => siblingKey(id)))
  const isSibling = (example: number): boolean => siblings.has(siblingKey(columns.exampleId(example)))
  const found: Record<LeakKind, number> = { example: 0, prompt: 0, 'near-prompt': 0 }
  const cases: PairLeak[] = []
  let ofSiblings = 0
  const left = placesWhere(length, (place) => {
    const example = columns.exampleAt(place)
    const leak = leakOf(example)
    if (leak === undefined) {
      if (!isSibling(example)) return true
      ofSiblings++
      return policy !== 'drop'
    }
    found[leak.kind]++
    if (cases.length < SHOWN_CASES) cases.push({ id: pairs.at(place).id, ...leak })
    return policy !== 'drop'
  })
  return {
    pairs: left.length === length ? pairs : pairs.take(left),
    leaks: { policy, of: length, found, cases, siblings: ofSiblings, dropped: length - left.length },
  }
}

/**
 * The gate between pairs and evaluation: under `stop`, one pair that leaks ends the matter before anything is trained or
 * exported.
 *
 * @throws {Error} with every kind that was found and the first ten cases
 */
export function refuseLeaks({ policy, of: pairs, found, cases }: LeakReport): void {
  if (policy !== 'stop' || cases.length === 0) return
  const told = [
    found.example > 0 ? `${found.example} made of a judged example` : '',
    found.prompt > 0 ? `${found.prompt} asking the prompt of one` : '',
    found['near-prompt'] > 0 ? `${found['near-prompt']} asking nearly the prompt of one` : '',
  ].filter((part) => part !== '')
  const listed = cases.map(({ id, kind, of }) => `\n  ${id}: ${kind} of ${of}`).join('')
  throw new Error(
    `expected pairs that show nothing of what is judged (pairs.leaks: stop), found of ${pairs} pairs ${told.join(', ')}:${listed}`,
  )
}

/** How the pairs of an example show what is judged; undefined where they don't. */
function* leakFinder(
  columns: PairColumns,
  { examples, judged, nearPrompts = 0.6, onProgress }: LeakOptions,
): Steps<(example: number) => Omit<PairLeak, 'id'> | undefined> {
  const ids = new Set(judged.map(({ id }) => id))
  const prompts = new Map(judged.map(({ id, prompt }) => [promptNumber(promptDigest(prompt)), id]))
  prompts.delete(0)
  const near = yield* nearPromptsOf(examples, judged, ids, { nearPrompts, onProgress })
  return (example) => {
    const id = columns.exampleId(example)
    if (ids.has(id)) return { kind: 'example', of: id }
    const same = prompts.get(columns.promptAt(example))
    if (same !== undefined) return { kind: 'prompt', of: same }
    const alike = near.get(id)
    return alike === undefined ? undefined : { kind: 'near-prompt', of: alike }
  }
}

/** The examples, of those that are not judged, that ask nearly the prompt of a judged one, and which. */
function* nearPromptsOf(
  examples: readonly Example[],
  judged: readonly Example[],
  ids: ReadonlySet<string>,
  { nearPrompts, onProgress }: Pick<LeakOptions, 'nearPrompts' | 'onProgress'>,
): Steps<Map<string, string>> {
  const rows: number[] = []
  for (const [row, { id }] of examples.entries()) if (!ids.has(id)) rows.push(row)
  const exampleAt = (place: number): Example => examples[rows[place] as number] as Example
  const texts = {
    length: rows.length,
    *[Symbol.iterator]() {
      for (let place = 0; place < rows.length; place++) yield promptText(exampleAt(place).prompt)
    },
  }
  const found = yield* nearDuplicateSteps(
    texts,
    judged.map(({ prompt }) => promptText(prompt)),
    { threshold: nearPrompts, onText: (done, total, what) => onProgress?.(done, total, `prompts ${what}`) },
  )
  return new Map(found.map(({ text, of }) => [exampleAt(text).id, (judged[of] as Example).id]))
}
