/**
 * `pnpm stress`: the tests that prove that a run loses nothing, at ten times their size: 200 kills instead of 20, a log
 * torn at every byte and not only at those of its last line, stalled connections among the faults, 20,000 judgments in
 * batches under every fault, and a small disk that fills up where this user may mount one. Takes some minutes.
 */
import { spawnSync } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const TESTS = [
  'packages/judges/test/killed-run.test.ts',
  'packages/judges/test/run-judge.test.ts',
  'packages/judges/test/full-disk.test.ts',
  'packages/emulator/test/engine.test.ts',
  'packages/emulator/test/batch-judge.test.ts',
]

const { status } = spawnSync(process.execPath, [resolve(root, 'node_modules/vitest/vitest.mjs'), 'run', ...TESTS], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, JUDGELAB_KILLS: '200', JUDGELAB_STRESS: '1' },
})
process.exitCode = status ?? 1
