import { appendFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { listRuns, type Project } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { outcomeJson, outcomeText } from '../src/commands/run.js'
import { loadStudy, runStudy, type StudyOutcome } from '../src/index.js'
import { recordedProgress } from './recorded-progress.js'
import { changed, smallProject, withPrompts } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

async function run(
  project: Project,
  signal = new AbortController().signal,
): Promise<{ outcome: StudyOutcome; lines: readonly string[] }> {
  const { progress, lines } = recordedProgress()
  const outcome = await runStudy(await loadStudy('small', project.root), { progress, signal, withReport: false })
  return { outcome, lines }
}

function projectWith(matrix: string): Project {
  const project = smallProject(newFolder())
  appendFileSync(join(project.studies, 'small.yaml'), `matrix: ${matrix}\n`)
  return project
}

describe('a matrix', () => {
  it('tunes and judges every cell once; cells that agree share a run, and all is unchanged afterwards', async () => {
    const project = projectWith('{ tuning: linear+dpo, axes: { count: [0, 10, 20, all], seed: [1, 2] } }')
    const { outcome } = await run(project)
    const [arm] = outcome.results.ablation?.arms ?? []
    expect(arm?.counts.map(({ pairs, runs }) => [pairs, runs.length])).toEqual([
      [0, 1],
      [10, 2],
      [20, 2],
      [expect.any(Number), 2],
    ])
    const untuned = outcome.results.judges.find(({ name }) => name === 'linear')
    expect(arm?.counts[0]?.runs[0]?.runId).toBe(untuned?.runId)
    expect(arm?.counts[0]?.accuracy.value).toBeCloseTo(untuned?.accuracy.wrong.value as number, 12)
    expect(await listRuns(project.runs)).toHaveLength(3 + 1 + 6) // judges, the tuned one, six tuned cells
    const text = outcomeText(outcome)
    for (const words of ['by number of training pairs', 'To untuned, points', 'held-out prompts cannot show'])
      expect(text).toContain(words)
    expect(JSON.parse(outcomeJson(outcome))).toMatchObject({ answer: expect.stringContaining('cannot show') })
    const again = await run(project)
    expect(again.lines.every((line) => line.endsWith(': unchanged'))).toBe(true)
    expect(again.outcome.results).toEqual(outcome.results)
  })

  it('reproduces the study’s own tuning in the cell that has its parameters', async () => {
    const project = projectWith('{ tuning: linear+dpo, axes: { seed: [42], tuning.beta: [0.1, 0.5] } }')
    const { outcome } = await run(project)
    const tuned = outcome.results.judges.find(({ name }) => name === 'linear+dpo')
    expect(outcome.results.ablation?.arms.map(({ counts }) => counts[0]?.runs[0]?.runId === tuned?.runId)).toEqual([
      true,
      false,
    ])
  })

  it('takes strategies as an axis: the local policy learns from verdicts too, in a cell as in the study', async () => {
    const project = projectWith('{ tuning: linear+dpo, axes: { seed: [42], pairs.strategy: [verdicts, responses] } }')
    changed(withPrompts(project), 'pairs: {', 'pairs: { strategy: verdicts, judge: linear,')
    const { outcome } = await run(project)
    const tuned = outcome.results.judges.find(({ name }) => name === 'linear+dpo')
    const [verdicts, responses] = (outcome.results.ablation?.arms ?? []).map(({ counts }) => counts[0])
    expect(verdicts?.runs[0]?.runId).toBe(tuned?.runId)
    expect(responses?.runs[0]?.runId).not.toBe(tuned?.runId)
    expect(verdicts?.pairs).toBeGreaterThan(responses?.pairs as number) // each comparison in both orders
  })

  it('refuses more pairs than there are, by field', async () => {
    const project = projectWith('{ tuning: linear+dpo, axes: { count: [100000] } }')
    await expect(run(project)).rejects.toThrow(
      /small\.yaml: matrix\.axes\.count: expected at most \d+, the training pairs/,
    )
  })

  it('keeps the cells that were done when it is stopped', async () => {
    const project = projectWith('{ tuning: linear+dpo, axes: { count: [10, 20], seed: [1, 2] } }')
    const controller = new AbortController()
    const { progress } = recordedProgress()
    const stopping = {
      ...progress,
      advance: (done: number, total: number, unit: string) => {
        progress.advance(done, total, unit)
        if (unit === 'cells' && done === 2) controller.abort(new Error('stopped'))
      },
    }
    const loaded = await loadStudy('small', project.root)
    const options = { progress: stopping, signal: controller.signal, withReport: false }
    await expect(runStudy(loaded, options)).rejects.toThrow('stopped')
    const cells = join(project.artifacts, 'small', 'matrix', 'cells')
    const done = new Map(readdirSync(cells).map((name) => [name, statSync(join(cells, name)).mtimeMs]))
    expect(done.size).toBe(2)
    const { outcome } = await run(project)
    const kept = outcome.results.ablation?.arms[0]?.counts.flatMap(({ runs }) => runs) ?? []
    expect(kept).toHaveLength(4)
    for (const [name, at] of done) expect(statSync(join(cells, name)).mtimeMs).toBe(at)
  })
})
