import { join } from 'node:path'
import type { PairsResult } from '@judgelab/analysis'
import {
  type PreferencePair,
  parsePreferencePair,
  readJsonl,
  type StudyPairs,
  saveJson,
  saveJsonl,
  saveText,
  strategiesOf,
} from '@judgelab/core'
import {
  cardMarkdown,
  type DataCard,
  type PairSides,
  pairCounts,
  type SelectedSides,
  sharedInSelection,
  sharedPrompts,
  subsetCounts,
} from '@judgelab/dpo'
import { loadOwnJson } from './load-own-json.js'

/** The pairs of a study, divided, and what a reader sees of them. */
export interface StudyPairData {
  readonly sides: PairSides
  readonly result: PairsResult
  readonly card: DataCard
}

/** The same where pairs need not be in memory. */
export interface SelectedPairData extends Omit<StudyPairData, 'sides'> {
  readonly sides: SelectedSides
}

/** The files of pairs in their folder: both sides, and the data card for programs and for people. */
export function pairFiles(folder: string): string[] {
  return ['train.jsonl', 'validation.jsonl', 'card.json', 'card.md'].map((name) => join(folder, name))
}

/** Writes pairs down with their data card. */
export async function savePairs(
  folder: string,
  { sides, card }: Pick<StudyPairData | SelectedPairData, 'sides' | 'card'>,
  onPairs?: (written: number, total: number) => void,
): Promise<void> {
  const [trainFile, validationFile, cardFile, cardPage] = pairFiles(folder) as [string, string, string, string]
  const { train, validation } = sides
  const total = train.length + validation.length
  await saveJsonl(trainFile, train, (written) => onPairs?.(written, total))
  await saveJsonl(validationFile, validation, (written) => onPairs?.(train.length + written, total))
  await saveJson(cardFile, card)
  await saveText(cardPage, cardMarkdown(card))
}

/** Pairs as `savePairs` wrote them. @throws {DatasetFormatError} for a file that is missing or malformed, with its line */
export async function loadPairs(folder: string): Promise<StudyPairData> {
  const [trainFile, validationFile, cardFile] = pairFiles(folder) as [string, string, string]
  const card = await loadOwnJson<DataCard>(cardFile, { asked: 'object', leaks: 'object', fingerprint: 'string' })
  const sides = { train: await loadPairList(trainFile), validation: await loadPairList(validationFile) }
  return { sides, card, result: pairsResult(card.asked, sides, card.fingerprint) }
}

/** The pairs of one file. */
export async function loadPairList(file: string): Promise<PreferencePair[]> {
  const pairs: PreferencePair[] = []
  for await (const { value, where } of readJsonl(file)) pairs.push(parsePreferencePair(value, where))
  return pairs
}

/** What results say of pairs. @param fingerprint of both files and the benchmark */
export function pairsResult(asked: StudyPairs, sides: PairSides, fingerprint: string): PairsResult {
  const counts = { train: pairCounts(sides.train), validation: pairCounts(sides.validation) }
  return resultOf(asked, sides, { counts, shared: sharedPrompts(sides), fingerprint })
}

/** The same of pairs that need not be in memory. */
export function selectedResult(asked: StudyPairs, sides: SelectedSides, fingerprint: string): PairsResult {
  const counts = { train: subsetCounts(sides.train), validation: subsetCounts(sides.validation) }
  return resultOf(asked, sides, { counts, shared: sharedInSelection(sides), fingerprint })
}

function resultOf(
  asked: StudyPairs,
  sides: { readonly [side in keyof PairSides]: { readonly length: number } },
  known: {
    readonly counts: { readonly [side in keyof PairSides]: Record<string, number> }
    readonly shared: number
    readonly fingerprint: string
  },
): PairsResult {
  return {
    strategy: strategiesOf(asked).join(' + '),
    split: asked.split,
    total: sides.train.length + sides.validation.length,
    train: sides.train.length,
    validation: sides.validation.length,
    trainBySubset: known.counts.train,
    validationBySubset: known.counts.validation,
    sharedPrompts: known.shared,
    fingerprint: known.fingerprint,
  }
}
