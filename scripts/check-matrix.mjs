/**
 * Tunes and judges the same cells of a matrix in worker threads and without, from built code, and compares the digests of
 * their weights and what their runs say: `node scripts/check-matrix.mjs`. Exits with 1 where they differ.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { digest, loadJudgments, projectAt, runFolder } from '../packages/core/dist/index.js'
import { loadStudy, runStudy, silentProgress } from '../packages/judgelab/dist/index.js'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const AXES = '{ count: [0, 50, 200], seed: [1, 2], tuning.beta: [0.1, 0.3] }'

const alone = await cellsWith(1)
const threads = await cellsWith(3)
const differing = alone.filter((cell, at) => digest(cell) !== digest(threads[at] ?? null))
for (const cell of differing) console.log(`FAILED ${JSON.stringify(cell.at)}: not the same in a thread`)
const weights = new Set(alone.map((cell) => cell.weights)).size
const isSame = differing.length === 0 && threads.length === alone.length && weights === 9
console.log(
  `${alone.length} cells, ${weights} different weights: ${isSame ? 'the same' : 'NOT the same'} in threads and without`,
)
process.exitCode = isSame ? 0 : 1

/** Every cell of a matrix in a project of its own: its weights and what its judge said. */
async function cellsWith(workers) {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-matrix-'))
  try {
    const project = projectAt(folder)
    mkdirSync(project.studies)
    symlinkSync(join(root, 'data'), project.data)
    writeFileSync(join(project.studies, 'm.yaml'), studyText(workers))
    const signal = new AbortController().signal
    await runStudy(await loadStudy('m', folder), { progress: silentProgress, signal, withReport: false })
    const { cells } = JSON.parse(readFileSync(join(project.artifacts, 'm', 'matrix', 'cells.json'), 'utf8'))
    return await Promise.all(cells.map((cell) => comparable(project, cell)))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What must not depend on where a cell was done: all but times. */
async function comparable(project, { at, runId, weights, validationLoss }) {
  const judgments = await loadJudgments(runFolder(project.runs, runId))
  const said = judgments.map(({ presentationId, outcome }) => [presentationId, outcome])
  return { at, runId, weights, validationLoss, said: digest(said.sort(([a], [b]) => (a < b ? -1 : 1))) }
}

function studyText(workers) {
  return `version: 1
name: m
title: Cells in threads
question: Are they the same?
benchmark: { source: builtin }
split: { method: together-2026 }
judges: [{ name: linear, provider: local, model: linear, settings: { tieMargin: 0.05 } }]
pairs: {}
tuning: [{ name: linear+dpo, base: linear, epochs: 1, batchSize: 32, learningRate: 10, backend: local }]
matrix: { tuning: linear+dpo, workers: ${workers}, axes: ${AXES} }
statistics: { resamples: 100 }
`
}
