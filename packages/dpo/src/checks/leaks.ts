import { type Example, type LeakPolicy, type PreferencePair, promptText } from '@judgelab/core'
import { nearDuplicates, pairPromptKey, promptDigest, siblingKey } from '@judgelab/datasets'

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
  const { policy } = options
  const leakOf = leakFinder(options)
  const siblings = new Set(options.judged.map(({ id }) => siblingKey(id)))
  const isSibling = ({ origin }: PreferencePair): boolean => siblings.has(siblingKey(origin.exampleId))
  const leaks = new Map(
    pairs.flatMap((pair) => {
      const leak = leakOf(pair)
      return leak === undefined ? [] : [[pair, leak] as const]
    }),
  )
  const left = policy === 'drop' ? pairs.filter((pair) => !leaks.has(pair) && !isSibling(pair)) : pairs
  return {
    pairs: left,
    leaks: {
      policy,
      of: pairs.length,
      found: countKinds([...leaks.values()]),
      cases: [...leaks.values()].slice(0, SHOWN_CASES),
      siblings: pairs.filter((pair) => !leaks.has(pair) && isSibling(pair)).length,
      dropped: pairs.length - left.length,
    },
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

function leakFinder({
  examples,
  judged,
  nearPrompts = 0.6,
  onProgress,
}: LeakOptions): (pair: PreferencePair) => PairLeak | undefined {
  const ids = new Set(judged.map(({ id }) => id))
  const prompts = new Map(judged.map(({ id, prompt }) => [promptDigest(prompt), id]))
  prompts.delete('')
  const others = examples.filter(({ id }) => !ids.has(id))
  const near = new Map(
    nearDuplicates(
      others.map(({ prompt }) => promptText(prompt)),
      judged.map(({ prompt }) => promptText(prompt)),
      { threshold: nearPrompts, onText: (done, total, what) => onProgress?.(done, total, `prompts ${what}`) },
    ).map(({ text, of }) => [(others[text] as Example).id, (judged[of] as Example).id]),
  )
  return (pair) => {
    const { exampleId } = pair.origin
    if (ids.has(exampleId)) return { id: pair.id, kind: 'example', of: exampleId }
    const same = prompts.get(pairPromptKey(pair))
    if (same !== undefined) return { id: pair.id, kind: 'prompt', of: same }
    const alike = near.get(exampleId)
    return alike === undefined ? undefined : { id: pair.id, kind: 'near-prompt', of: alike }
  }
}

function countKinds(leaks: readonly PairLeak[]): Record<LeakKind, number> {
  const count = (kind: LeakKind): number => leaks.filter((leak) => leak.kind === kind).length
  return { example: count('example'), prompt: count('prompt'), 'near-prompt': count('near-prompt') }
}
