import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { createNumpyRandom, type Judgment, loadJudgments, loadRunManifest, runFolder } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { type RunRequest, runJudge } from '../src/index.js'
import { judgeOf } from './judge-of.js'
import { readingAnswer } from './reading-answer.js'
import { runRequest } from './run-request.js'
import { startSource } from './source-process.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const SLOW_RUN = new URL('./slow-run.ts', import.meta.url)

/** Starts the run in a process of its own and kills it after it asked `calls` times; what it asked for. */
async function runUntilKilled(runs: string, calls: number): Promise<string[]> {
  const child = startSource(SLOW_RUN, [runs])
  const closed = once(child, 'close')
  const asked: string[] = []
  for await (const id of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    asked.push(id)
    if (asked.length === calls) child.kill('SIGKILL')
  }
  expect(await closed).toEqual([null, 'SIGKILL'])
  return asked
}

/** The presentations whose line stands whole in the log. */
async function flushed({ run }: RunRequest): Promise<string[]> {
  if (!existsSync(run.log)) return []
  const whole = (await readFile(run.log, 'utf8')).split('\n').slice(0, -1)
  return whole.map((line) => (JSON.parse(line) as Judgment).presentationId)
}

function withoutTimes(judgments: readonly Judgment[]): Omit<Judgment, 'at' | 'latencyMs'>[] {
  return judgments
    .map(({ at: _at, latencyMs: _latencyMs, ...rest }) => rest)
    .sort((a, b) => (a.presentationId < b.presentationId ? -1 : 1))
}

describe('a run whose process is killed again and again', { timeout: 90_000 }, () => {
  it('comes to the judgments of an uninterrupted run and asks for nothing twice that was written', async () => {
    const runs = newFolder()
    const request = runRequest(runs, { judge: judgeOf(readingAnswer, 3).judge, examples: 100 })
    const { randint } = createNumpyRandom(7)
    const moments = Array.from({ length: 5 }, () => randint(1, 40))
    for (const calls of moments) {
      const before = new Set(await flushed(request))
      const asked = await runUntilKilled(runs, calls)
      expect(asked.filter((id) => before.has(id))).toEqual([])
      expect(await flushed(request)).toEqual(expect.arrayContaining([...before]))
    }
    const answered = (await flushed(request)).length
    const resumed = await runJudge(request)
    const uninterrupted = runFolder(newFolder(), 'uninterrupted')
    await runJudge({ ...request, run: uninterrupted })

    expect(answered).toBeGreaterThan(20)
    expect(resumed.asked).toBe(200 - answered)
    expect(withoutTimes(await loadJudgments(request.run))).toEqual(withoutTimes(await loadJudgments(uninterrupted)))
    expect((await loadRunManifest(request.run)).completedAt).not.toBeNull()
  })
})

describe('a run that another process is writing', { timeout: 90_000 }, () => {
  it('is refused with that process’s id, readable meanwhile, and free once it is gone', async () => {
    const runs = newFolder()
    const child = startSource(SLOW_RUN, [runs])
    const closed = once(child, 'close')
    const { judge, calls } = judgeOf(readingAnswer)
    const request = runRequest(runs, { judge, examples: 100 })
    let refused: unknown
    let read: Judgment[] = []
    let asked = 0
    for await (const _ of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      if (++asked !== 20) continue
      refused = await runJudge(request).catch((error: unknown) => error)
      read = await loadJudgments(request.run)
      child.kill('SIGKILL')
    }
    await closed
    expect(String(refused)).toContain(`the run is being written by process ${child.pid}`)
    expect(calls.size).toBe(0)
    expect(read.length).toBeGreaterThan(0)
    expect((await runJudge(request)).done).toBe(200)
  })
})
