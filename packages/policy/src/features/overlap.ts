import { neighbours } from '../text/hashing.js'
import { namePositions } from '../text/names.js'
import type { ReadText, Sentence } from '../text/read-text.js'
import type { ReadPrompt } from './read-prompt.js'

/** How a response's words, numbers, names and sentences relate to its prompt. Shares are in [0, 1]; 0 of nothing is 0. */
export interface Overlap {
  /** Of the prompt's different content stems, the share met in the response. */
  readonly promptCovered: number
  /** The same of what is asked (first sentence, last sentence, questions). */
  readonly askedCovered: number
  /** Of the response's different content stems, the share met in the prompt. */
  readonly grounded: number
  readonly numbers: number
  /** Of the response's different numbers, the share absent from the prompt. */
  readonly newNumbers: number
  /** Of the prompt's different numbers, the share met in the response. */
  readonly numbersUsed: number
  readonly names: number
  /** Of the response's names (capitalised words inside sentences), the share absent from the prompt. */
  readonly newNames: number
  /** Sentences with at least two content words. */
  readonly fullSentences: number
  /** Of these, the share without a content word of the prompt. */
  readonly drifting: number
  readonly firstDrifts: boolean
  readonly lastDrifts: boolean
  /** Of the response's pairs of neighbouring words, the share that stand so in the prompt. */
  readonly copied: number
  /** Of the full sentences, the share that follow one sentence of the prompt closely. */
  readonly supported: number
  /** Of the full sentences, the share that follow one closely but state a number or name that it does not have. */
  readonly misquoted: number
  /** Of the full sentences, the share that follow one closely but of the two only one is negated. */
  readonly negated: number
}

/** Compares a response with its prompt; time linear in both (a stem meets at most 16 sentences of the prompt). */
export function compareWithPrompt(prompt: ReadPrompt, response: ReadText): Overlap {
  const stems = new Set(response.stems.filter((stem) => stem !== ''))
  const numbers = new Set(response.numbers.filter((value) => value !== undefined))
  const names = namePositions(response)
  const newNames = names.filter((i) => !prompt.words.has(response.words[i] as string)).length
  return {
    promptCovered: shareOf(prompt.stems, stems),
    askedCovered: shareOf(prompt.asked, stems),
    grounded: shareOf(stems, prompt.stems),
    numbers: numbers.size,
    newNumbers: numbers.size === 0 ? 0 : 1 - shareOf(numbers, prompt.numbers),
    numbersUsed: shareOf(prompt.numbers, numbers),
    names: names.length,
    newNames: names.length === 0 ? 0 : newNames / names.length,
    copied: copiedShare(prompt, response),
    ...compareSentences(prompt, response),
  }
}

function shareOf<T>(items: ReadonlySet<T>, among: ReadonlySet<T>): number {
  if (items.size === 0) return 0
  let met = 0
  for (const item of items) if (among.has(item)) met++
  return met / items.size
}

function copiedShare(prompt: ReadPrompt, response: ReadText): number {
  if (response.words.length < 2) return 0
  let met = 0
  for (const pair of neighbours(response.hashes)) if (prompt.pairs.has(pair)) met++
  return met / (response.words.length - 1)
}

const NEGATIONS: ReadonlySet<string> = new Set(
  "not no never none nobody nothing without isn't wasn't aren't weren't don't doesn't didn't can't cannot couldn't won't wouldn't hasn't haven't hadn't unable failed".split(
    ' ',
  ),
)
const CLOSE_FOLLOWING = 0.4

type SentenceShares = Pick<
  Overlap,
  'fullSentences' | 'drifting' | 'firstDrifts' | 'lastDrifts' | 'supported' | 'misquoted' | 'negated'
>

function compareSentences(prompt: ReadPrompt, response: ReadText): SentenceShares {
  const factsOfPrompt = sentenceFacts(prompt.read)
  const factsOfResponse = sentenceFacts(response)
  let full = 0
  let drifting = 0
  let supported = 0
  let misquoted = 0
  let negated = 0
  let firstDrifts = false
  let lastDrifts = false
  for (const sentence of response.sentences) {
    const own = stemsOf(response, sentence)
    if (own.size < 2) continue
    full++
    lastDrifts = ![...own].some((stem) => prompt.stems.has(stem))
    if (lastDrifts) drifting++
    if (full === 1) firstDrifts = lastDrifts
    const followed = closestSentence(prompt, own)
    if (followed === undefined) continue
    supported++
    const source = factsOfPrompt(followed)
    const stated = factsOfResponse(sentence)
    if (strays(stated, source)) misquoted++
    if (source.isNegated !== stated.isNegated) negated++
  }
  const share = (count: number): number => (full === 0 ? 0 : count / full)
  return {
    fullSentences: full,
    drifting: share(drifting),
    firstDrifts,
    lastDrifts,
    supported: share(supported),
    misquoted: share(misquoted),
    negated: share(negated),
  }
}

function stemsOf(read: ReadText, sentence: Sentence): Set<string> {
  const stems = new Set<string>()
  for (let i = sentence.first; i < sentence.end; i++) if (read.stems[i] !== '') stems.add(read.stems[i] as string)
  return stems
}

/** The prompt's sentence that shares most stems, when at least two and 40 % of the response sentence's own. */
function closestSentence(prompt: ReadPrompt, stems: ReadonlySet<string>): Sentence | undefined {
  const shared = new Map<number, number>()
  for (const stem of stems)
    for (const sentence of prompt.sentencesOf.get(stem) ?? []) shared.set(sentence, (shared.get(sentence) ?? 0) + 1)
  let best: number | undefined
  let most = 1
  for (const [sentence, count] of shared)
    if (count > most || (count === most && best !== undefined && sentence < best)) {
      best = sentence
      most = count
    }
  return best !== undefined && most >= CLOSE_FOLLOWING * stems.size ? prompt.read.sentences[best] : undefined
}

/** What two sentences are compared by beside their stems. */
interface SentenceFacts {
  readonly words: ReadonlySet<string>
  readonly numbers: ReadonlySet<number>
  /** Capitalised content words after the first word. */
  readonly names: readonly string[]
  readonly isNegated: boolean
}

/** Reads the facts of a text's sentences, each once, however often it is asked for. */
function sentenceFacts(read: ReadText): (sentence: Sentence) => SentenceFacts {
  const known = new Map<Sentence, SentenceFacts>()
  return (sentence) => {
    const held = known.get(sentence)
    if (held !== undefined) return held
    const words = read.words.slice(sentence.first, sentence.end)
    const facts: SentenceFacts = {
      words: new Set(words),
      numbers: new Set(read.numbers.slice(sentence.first, sentence.end).filter((value) => value !== undefined)),
      names: words.filter(
        (_, i) => i > 0 && read.capitals[sentence.first + i] && read.stems[sentence.first + i] !== '',
      ),
      isNegated: words.some((word) => NEGATIONS.has(word)),
    }
    known.set(sentence, facts)
    return facts
  }
}

/** True when a statement has a number or a name that its source has not. */
function strays(stated: SentenceFacts, source: SentenceFacts): boolean {
  for (const number of stated.numbers) if (!source.numbers.has(number)) return true
  return stated.names.some((name) => !source.words.has(name))
}
