import { type Arithmetic, readArithmetic } from '../arithmetic/read-arithmetic.js'
import { findResponsePhrases, type ResponseList } from '../lexicon/response-phrases.js'
import { joinHashes } from '../text/hashing.js'
import { type ReadText, readText, type Sentence } from '../text/read-text.js'
import { readStructure, type Structure } from '../text/structure.js'
import { type ConstraintReport, checkConstraints } from './constraint-report.js'
import { compareWithPrompt, type Overlap } from './overlap.js'
import type { ReadPrompt } from './read-prompt.js'

/** Everything that the features are computed from: a prompt, a response, and what relates them. */
export interface Reading {
  readonly prompt: ReadPrompt
  readonly response: ReadText
  readonly structure: Structure
  readonly phrases: Readonly<Record<ResponseList, number>>
  /** A refusal phrase stands within the first 40 words. */
  readonly refuses: boolean
  readonly overlap: Overlap
  readonly constraints: ConstraintReport
  readonly arithmetic: Arithmetic
  readonly repetition: Repetition
}

/** Shares in [0, 1] of what is said again. */
export interface Repetition {
  /** Of all words, the share that occurred before. */
  readonly words: number
  /** Of all sentences, the share that occurred before, word for word (by a 32-bit hash). */
  readonly sentences: number
}

const REFUSAL_WITHIN = 40

/** Reads a response against its prompt. */
export function readResponse(prompt: ReadPrompt, text: string): Reading {
  const response = readText(text)
  const structure = readStructure(text)
  const phrases = findResponsePhrases(response.words)
  return {
    prompt,
    response,
    structure,
    phrases,
    refuses: phrases.refusal > 0 && findResponsePhrases(response.words.slice(0, REFUSAL_WITHIN)).refusal > 0,
    overlap: compareWithPrompt(prompt, response),
    constraints: checkConstraints(prompt, { read: response, structure }),
    arithmetic: readArithmetic(text),
    repetition: repetitionOf(response),
  }
}

function repetitionOf(read: ReadText): Repetition {
  const { words, sentences } = read
  const different = new Set(sentences.map((sentence) => hashSentence(read, sentence)))
  return {
    words: words.length === 0 ? 0 : 1 - new Set(words).size / words.length,
    sentences: sentences.length === 0 ? 0 : 1 - different.size / sentences.length,
  }
}

function hashSentence({ hashes }: ReadText, { first, end }: Sentence): number {
  let hash = 0
  for (let i = first; i < end; i++) hash = joinHashes(hash, hashes[i] as number)
  return hash
}
