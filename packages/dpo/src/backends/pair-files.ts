import { join } from 'node:path'
import { exportPairs } from '../exports/export-pairs.js'
import type { TuningRequest } from './backend.js'

/** The pairs of a request in a backend's own form. */
export interface PairFiles {
  readonly training: string
  /** Absent where no pairs are held out. */
  readonly validation?: string | undefined
}

/** Writes both sides of a request's pairs into its folder. @throws {Error} naming the pairs that the format refuses */
export async function writePairFiles(
  { pairs, folder }: TuningRequest,
  form:
    | { readonly format: 'together'; readonly type: 'jsonl' }
    | { readonly format: 'trl-conversational'; readonly type: 'parquet' },
): Promise<PairFiles> {
  const write = async (side: 'train' | 'validation'): Promise<string> => {
    const file = join(folder, `${side}.${form.type}`)
    await exportPairs(pairs[side], { format: form.format, file })
    return file
  }
  const training = await write('train')
  return pairs.validation.length === 0 ? { training } : { training, validation: await write('validation') }
}

/** Both files, for a digest of what is tuned on. */
export function bothFiles({ training, validation }: PairFiles): string[] {
  return validation === undefined ? [training] : [training, validation]
}
