/**
 * Writes data/builtin/benchmark.jsonl from its seed. `--check` writes nothing and exits 1 when the committed file
 * differs. Needs a build of packages/core and packages/datasets.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { builtinLines, SEED } from '../packages/datasets/dist/generate-builtin.js'

const file = fileURLToPath(new URL('../data/builtin/benchmark.jsonl', import.meta.url))
const generated = builtinLines()

if (!process.argv.includes('--check')) {
  writeFileSync(file, generated)
  console.log(`wrote ${generated.split('\n').length - 1} examples (seed ${SEED}) to data/builtin/benchmark.jsonl`)
} else if (readFileSync(file, 'utf8') === generated) {
  console.log(`data/builtin/benchmark.jsonl is what seed ${SEED} generates`)
} else {
  console.error(
    `data/builtin/benchmark.jsonl differs from what seed ${SEED} generates; run node scripts/generate-builtin.mjs`,
  )
  process.exitCode = 1
}
