import type { FaultOptions } from './faults/fault-options.js'
import type { FileStore, StoredFile } from './files/file-store.js'
import type { ValidationReport } from './files/validate-tuning-file.js'
import type { Tally } from './http/tally.js'
import type { PromptCache } from './inference/prompt-cache.js'
import type { Progress } from './jobs/progress.js'
import type { Opine } from './judging/opinion.js'
import type { Tokens } from './judging/tokens.js'
import type { ModelShelf } from './models/model-shelf.js'

/** What every endpoint of one emulator shares. */
export interface Services {
  readonly models: ModelShelf
  readonly opine: Opine
  readonly tokens: Tokens
  readonly promptCache: PromptCache
  readonly tally: Tally
  readonly files: FileStore
  /** What Together finds in a file for fine-tuning. */
  readonly reportOn: (file: StoredFile) => ValidationReport
  readonly progress: Progress
  /** Tokens that the unfinished batches of a model may have together. */
  readonly enqueuedTokenLimit: number
  /** What goes wrong at the moment. */
  readonly faults: () => FaultOptions
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Whether an answer at a temperature above 0 and without a seed differs when it is asked again. */
  readonly unseeded: 'vary' | 'repeat'
}
