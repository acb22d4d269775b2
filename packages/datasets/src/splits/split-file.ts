import { readFile } from 'node:fs/promises'
import { DatasetFormatError, parseJson, parseSplitFile, type Split, type SplitFile, saveJson } from '@judgelab/core'
import { splitFingerprint } from './split.js'

/** A split as it stands in its file, with its own fingerprint. */
export function toSplitFile(split: Split): SplitFile {
  return { ...split, fingerprint: splitFingerprint(split) }
}

/** Writes a split down, whole or not at all. */
export function saveSplit(file: string, split: Split): Promise<void> {
  return saveJson(file, toSplitFile(split))
}

/**
 * Reads a split from its file.
 *
 * @throws {DatasetFormatError} if there is no readable file, it has not the documented form, or its fingerprint is not
 *   that of its content: it was edited, or put together from two
 */
export async function loadSplit(file: string): Promise<Split> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DatasetFormatError('expected a readable split file, found none', { file }, { cause })
  })
  const { fingerprint, ...split } = parseSplitFile(parseJson(text, { file }), { file })
  const own = splitFingerprint(split)
  if (fingerprint === own) return split
  throw new DatasetFormatError(`expected ${own}, the digest of the other fields, found ${fingerprint}`, {
    file,
    field: 'fingerprint',
  })
}
