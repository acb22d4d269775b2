import { BUILTIN_SEED, generateBuiltinBenchmark } from './benchmark.js'
import { toJsonLines } from './row.js'

/** What data/builtin/benchmark.jsonl holds, byte for byte. In `dist` it is a file of its own: who reads the benchmark needs it not. */
export function builtinLines(): string {
  return toJsonLines(generateBuiltinBenchmark(BUILTIN_SEED))
}

/** The seed of the benchmark. */
export const SEED: number = BUILTIN_SEED
