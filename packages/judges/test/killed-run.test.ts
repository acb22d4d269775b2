import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import {
  createNumpyRandom,
  digest,
  type Judgment,
  loadJudgments,
  loadRunManifest,
  readJudgments,
  runFolder,
} from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { loadUnlogged, openAnswerCache, type RunReport, type RunRequest, runJudge } from '../src/index.js'
import { runRequest } from './run-request.js'
import { smallJudge } from './small-judge.js'
import { longer, type React, startSmallService } from './small-service.js'
import { bundleSource } from './source-process.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const startRun = await bundleSource(new URL('./killed-run.ts', import.meta.url))

/** 20 here, 200 in `pnpm stress`. */
const KILLS = Number(process.env.JUDGELAB_KILLS ?? 20)
const CALLS_A_LIFE = 24
/** Of the small judge. */
const CONCURRENCY = 4

/** Answers after 2 to 9 ms; the first attempt at every twentieth content fails. */
const react: React = async (body, nth, count) => {
  const draw = Number.parseInt(digest(body).slice(0, 6), 16)
  await setTimeout(2 + (draw % 8))
  if (draw % 20 === 0 && nth === 1) return { kind: 'status', status: 503 }
  return longer(body, nth, count)
}

/** The presentations whose line stands whole in the log. */
async function flushed({ run }: RunRequest): Promise<string[]> {
  if (!existsSync(run.log)) return []
  const whole = (await readFile(run.log, 'utf8')).split('\n').slice(0, -1)
  return whole.map((line) => (JSON.parse(line) as Judgment).presentationId)
}

/** How many requests were made, as far as what is on the disk can say: a later start may make so many less. */
async function requestsOnDisk({ run }: RunRequest): Promise<number> {
  let { requests } = await loadUnlogged(run)
  for await (const { cached, attempts = 1 } of readJudgments(run)) if (!cached) requests += attempts
  return requests
}

function withoutTimes(judgments: readonly Judgment[]): object[] {
  return judgments
    .map(({ at: _, latencyMs: _l, firstByteMs: _f, attempts: _a, cached: _c, ...rest }) => rest)
    .sort((a, b) => (a.presentationId < b.presentationId ? -1 : 1))
}

describe('a run whose process is killed again and again', { timeout: 20_000 + KILLS * 10_000 }, () => {
  it('comes to the judgments of an uninterrupted run; nothing that was written is asked again', async () => {
    const draw = createNumpyRandom(7)
    const answers: string[] = []
    let life: { readonly killAt: number; asked: string[]; readonly kill: () => void } | undefined
    const service = await startSmallService(async (body, nth, count) => {
      life?.asked.push(digest(body))
      if (life?.asked.length === life?.killAt) life?.kill()
      const reaction = await react(body, nth, count)
      if (reaction.kind === 'answer') answers.push(digest(body))
      return reaction
    })
    const folders = [newFolder(), newFolder()] as const
    const examples = Math.ceil((KILLS * CALLS_A_LIFE) / 4)
    const request = runRequest(folders[0], { judge: smallJudge(service.url), examples })
    const contentOf = new Map(
      request.presentations.map((presentation) => [
        presentation.id,
        digest(smallJudge(service.url).compose(request.show(presentation), 0).body),
      ]),
    )
    for (let kill = 0; kill < KILLS; kill++) {
      const before = await flushed(request)
      const child = startRun([folders[0], service.url, folders[1], String(examples)])
      const asked: string[] = []
      const delayMs = draw.randint(0, 12)
      life = {
        killAt: draw.randint(1, CALLS_A_LIFE),
        asked,
        kill: () => void setTimeout(delayMs).then(() => child.kill('SIGKILL')),
      }
      const [said] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'close')])
      life = undefined
      await setTimeout(12)
      expect(said).toBe('')
      expect(child.signalCode ?? child.exitCode).toBe('SIGKILL')
      const written = new Set(before.map((id) => contentOf.get(id)))
      expect(asked.filter((content) => written.has(content))).toEqual([])
      expect(await flushed(request)).toEqual(expect.arrayContaining(before))
      expect(await requestsOnDisk(request)).toBeGreaterThanOrEqual(service.requests())
    }
    const kept = await flushed(request)
    const cache = await openAnswerCache(folders[1])
    const resumed = await runJudge({ ...request, cache })
    await cache.close()
    const uninterrupted = runFolder(newFolder(), 'uninterrupted')
    const answersBefore = answers.length
    await runJudge({ ...request, run: uninterrupted })

    expect(kept.length).toBeGreaterThan(KILLS * 2)
    expect(resumed).toMatchObject({ isComplete: true, done: 2 * examples, asked: 2 * examples - kept.length })
    expect(withoutTimes(await loadJudgments(request.run))).toEqual(withoutTimes(await loadJudgments(uninterrupted)))
    expect(answersBefore - 2 * examples).toBeLessThanOrEqual(KILLS * CONCURRENCY)
    expect((await loadRunManifest(request.run)).completedAt).not.toBeNull()
  })
})

describe('a run that is stopped by a signal', { timeout: 60_000 }, () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'of %s keeps every answer that is under way, and says that it is not complete',
    async (signal) => {
      let kill = (): void => undefined
      const service = await startSmallService((body, nth, count) => {
        if (count === 10) kill()
        return react(body, nth, count)
      })
      const [runs, cache] = [newFolder(), newFolder()]
      const child = startRun([runs, service.url, cache, '100'])
      kill = () => void child.kill(signal)
      const [said] = await Promise.all([text(child.stdout as NodeJS.ReadableStream), once(child, 'close')])
      const report = JSON.parse(said) as RunReport
      const request = runRequest(runs, { judge: smallJudge(service.url), examples: 100 })
      expect(child.exitCode).toBe(0)
      expect(report).toMatchObject({ isComplete: false, stopped: { by: 'signal' } })
      expect(report.done).toBeLessThan(100)
      expect(await loadJudgments(request.run)).toHaveLength(report.done)
      const answered = [...service.asked.keys()].length
      expect(answered - report.done).toBeLessThanOrEqual(1) // the one whose first attempt failed, if any
      expect(await runJudge(request)).toMatchObject({ isComplete: true, asked: 200 - report.done })
    },
  )
})

describe('a cache that two processes have open', { timeout: 60_000 }, () => {
  it('gives one of them at once what the other paid for', async () => {
    const service = await startSmallService(react)
    const folder = newFolder()
    const cache = await openAnswerCache(folder)
    const request = runRequest(newFolder(), { judge: smallJudge(service.url), examples: 30, cache })
    await runJudge({ ...request, presentations: request.presentations.slice(0, 20) })
    const child = startRun([newFolder(), service.url, folder, '20'])
    const [said] = await Promise.all([text(child.stdout as NodeJS.ReadableStream), once(child, 'close')])
    expect(JSON.parse(said)).toMatchObject({ isComplete: true, done: 40, cached: 20 })
    expect(await runJudge(request)).toMatchObject({ isComplete: true, asked: 40, cached: 20 })
    expect([...service.asked.keys()]).toHaveLength(60)
    await cache.close()
  })
})

describe('a run that another process is writing', { timeout: 60_000 }, () => {
  it('is refused with that process’s id, readable meanwhile, and free once it is gone', async () => {
    let reached = (): void => undefined
    const twentieth = new Promise<void>((resolve) => {
      reached = resolve
    })
    const service = await startSmallService((body, nth, count) => {
      if (count === 20) reached()
      return react(body, nth, count)
    })
    const runs = newFolder()
    const child = startRun([runs, service.url, newFolder(), '1000'])
    const closed = once(child, 'close')
    const request = runRequest(runs, { judge: smallJudge(service.url), examples: 1000 })
    await twentieth
    const refused = await runJudge(request).catch((error: unknown) => error)
    const read = await loadJudgments(request.run)
    child.kill('SIGKILL')
    await closed
    expect(String(refused)).toContain(`the run is being written by process ${child.pid}`)
    expect(read.length).toBeGreaterThan(0)
    const stop = new AbortController()
    const { asked } = await runJudge({ ...request, signal: stop.signal, onJudgment: () => stop.abort() })
    expect(asked).toBeGreaterThan(0)
  })
})
