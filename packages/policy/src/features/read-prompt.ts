import type { Prompt } from '@judgelab/core'
import { type Arithmetic, readArithmetic } from '../arithmetic/read-arithmetic.js'
import type { Constraint } from '../constraints/constraint.js'
import { findConstraints } from '../constraints/find-constraints.js'
import { findPromptPhrases, type PromptList } from '../lexicon/prompt-phrases.js'
import { hashText, neighbours } from '../text/hashing.js'
import { type ReadText, readText } from '../text/read-text.js'

/** A prompt read once, for all responses to it. */
export interface ReadPrompt {
  readonly read: ReadText
  readonly phrases: Readonly<Record<PromptList, number>>
  readonly constraints: readonly Constraint[]
  readonly arithmetic: Arithmetic
  /** Every word, lower case. */
  readonly words: ReadonlySet<string>
  /** Stems of the content words. */
  readonly stems: ReadonlySet<string>
  /** Stems of the first sentence, the last, and those that end in a question mark: what is asked for. */
  readonly asked: ReadonlySet<string>
  readonly numbers: ReadonlySet<number>
  /** Hashes of the pairs of neighbouring words; two different pairs have one hash once in 2^32. */
  readonly pairs: ReadonlySet<number>
  /** Hashes of the first 400 content stems and of their neighbouring pairs: what the prompt is about. */
  readonly topics: Uint32Array
  /** For a stem the sentences that have it, at most 16 of the first 200. */
  readonly sentencesOf: ReadonlyMap<string, readonly number[]>
  /** True where the prompt brings its own source: five sentences or more, or 80 words and more. */
  readonly hasPassage: boolean
  readonly isQuestion: boolean
}

const MOST_TOPIC_WORDS = 400
const MOST_SENTENCES = 200
const MOST_PER_STEM = 16

/** Reads a prompt. Of a conversation the contents count, not who said them, so that a text and one user turn read alike. */
export function readPrompt(prompt: Prompt | string): ReadPrompt {
  const text = typeof prompt === 'string' ? prompt : prompt.map((message) => message.content).join('\n\n')
  const read = readText(text)
  const phrases = findPromptPhrases(read.words)
  return {
    read,
    phrases,
    constraints: findConstraints(text),
    arithmetic: readArithmetic(text),
    words: new Set(read.words),
    stems: new Set(read.stems.filter((stem) => stem !== '')),
    asked: askedStems(read),
    numbers: new Set(read.numbers.filter((value) => value !== undefined)),
    pairs: new Set(neighbours(read.hashes)),
    topics: topicHashes(read),
    sentencesOf: indexSentences(read),
    hasPassage: read.sentences.length >= 5 || read.words.length >= 80,
    isQuestion: read.sentences.some((sentence) => sentence.closedBy === '?'),
  }
}

function askedStems(read: ReadText): Set<string> {
  const stems = new Set<string>()
  read.sentences.forEach((sentence, index) => {
    const edge = index === 0 || index === read.sentences.length - 1
    if (!edge && sentence.closedBy !== '?') return
    for (let i = sentence.first; i < sentence.end; i++) if (read.stems[i] !== '') stems.add(read.stems[i] as string)
  })
  return stems
}

function topicHashes(read: ReadText): Uint32Array {
  const stems = read.stems.filter((stem) => stem !== '').slice(0, MOST_TOPIC_WORDS)
  const hashes = Uint32Array.from(stems, hashText)
  return Uint32Array.from([...hashes, ...neighbours(hashes)])
}

function indexSentences(read: ReadText): Map<string, number[]> {
  const index = new Map<string, number[]>()
  read.sentences.slice(0, MOST_SENTENCES).forEach((sentence, number) => {
    for (let i = sentence.first; i < sentence.end; i++) {
      const stem = read.stems[i] as string
      if (stem === '') continue
      const held = index.get(stem)
      if (held === undefined) index.set(stem, [number])
      else if (held.length < MOST_PER_STEM && held.at(-1) !== number) held.push(number)
    }
  })
  return index
}
