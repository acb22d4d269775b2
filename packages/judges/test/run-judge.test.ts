import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { JudgeCallError, loadJudgments, loadRunManifest, ownRun } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { type Answer, type RunRequest, runJudge } from '../src/index.js'
import { judgeOf } from './judge-of.js'
import { readingAnswer } from './reading-answer.js'
import { runRequest } from './run-request.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

describe('a run from the beginning', () => {
  it('asks for every presentation once, in order, and keeps one line for each', async () => {
    const { judge, calls } = judgeOf(readingAnswer)
    const request = runRequest(newFolder(), { judge })
    const report = await runJudge(request)
    expect(report).toMatchObject({ asked: 20, isComplete: true })
    expect([...calls.keys()]).toEqual(request.presentations.map(({ id }) => id))
    expect([...calls.values()].every((times) => times === 1)).toBe(true)
    expect(report).toMatchObject({ done: 20, total: 20, failures: {} })
    expect((await loadJudgments(request.run)).map(({ presentationId }) => presentationId)).toEqual([...calls.keys()])
  })

  it('leaves a manifest that says when it was complete, and no lock', async () => {
    const request = runRequest(newFolder(), { judge: judgeOf(readingAnswer).judge })
    await runJudge(request)
    const manifest = await loadRunManifest(request.run)
    expect(manifest).toEqual({ ...request.manifest, completedAt: manifest.completedAt })
    expect(Date.parse(manifest.completedAt as string)).toBeGreaterThan(Date.parse(manifest.startedAt))
    expect(existsSync(`${request.run.folder}/lock`)).toBe(false)
  })

  it('tells how far it is after each judgment', async () => {
    const told: [number, number][] = []
    const { judge } = judgeOf(readingAnswer)
    await runJudge(
      runRequest(newFolder(), { judge, examples: 2, onProgress: ({ done, total }) => told.push([done, total]) }),
    )
    expect(told).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ])
  })

  it.each([2, 7, 100])('keeps every judgment once with %i calls under way', async (concurrency) => {
    let underWay = 0
    let most = 0
    const { judge, calls } = judgeOf(async (call) => {
      most = Math.max(most, ++underWay)
      await setTimeout(call.presentationId.length % 3)
      underWay--
      return readingAnswer(call)
    }, concurrency)
    const request = runRequest(newFolder(), { judge })
    await runJudge(request)
    const ids = (await loadJudgments(request.run)).map(({ presentationId }) => presentationId)
    expect(ids.toSorted()).toEqual(request.presentations.map(({ id }) => id).toSorted())
    expect([...calls.values()].every((times) => times === 1)).toBe(true)
    expect(most).toBe(Math.min(concurrency, 20))
  })

  it('refuses to look complete with nothing to ask', async () => {
    const request = { ...runRequest(newFolder(), { judge: judgeOf(readingAnswer).judge }), presentations: [] }
    await expect(runJudge(request)).rejects.toThrow('runJudge needs at least 1 presentation, got 0 (local-function-')
  })

  it('refuses to ask the same twice', async () => {
    const { judge, calls } = judgeOf(readingAnswer)
    const request = runRequest(newFolder(), { judge, examples: 1 })
    const twice = { ...request, presentations: [...request.presentations, ...request.presentations] }
    await expect(runJudge(twice)).rejects.toThrow('runJudge needs ids that occur once, got 2 ids of 4 presentations')
    expect(calls.size).toBe(0)
    expect(existsSync(request.run.folder)).toBe(false)
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses a judge with room for %d calls', async (concurrency) => {
    const request = runRequest(newFolder(), { judge: judgeOf(readingAnswer, concurrency).judge })
    await expect(runJudge(request)).rejects.toThrow(`got ${concurrency} (function)`)
  })
})

describe('a run that goes on', () => {
  it('asks only for what is missing', async () => {
    const runs = newFolder()
    const stop = new AbortController()
    const first = judgeOf(readingAnswer)
    await runJudge(
      runRequest(runs, {
        judge: first.judge,
        signal: stop.signal,
        onProgress: ({ done }) => done === 7 && stop.abort(),
      }),
    )
    const second = judgeOf(readingAnswer)
    const report = await runJudge(runRequest(runs, { judge: second.judge }))
    expect([first.calls.size, second.calls.size, report.asked]).toEqual([7, 13, 13])
    expect([...first.calls.keys()].filter((id) => second.calls.has(id))).toEqual([])
    expect(report.done).toBe(20)
  })

  it('asks nobody when it is complete, and leaves its files as they are', async () => {
    const runs = newFolder()
    await runJudge(runRequest(runs, { judge: judgeOf(readingAnswer).judge }))
    const { judge, calls } = judgeOf(readingAnswer)
    const request = runRequest(runs, { judge })
    const before = filesOf(request)
    expect(await runJudge(request)).toMatchObject({ asked: 0, isComplete: true })
    expect(calls.size).toBe(0)
    expect(filesOf(request)).toEqual(before)
  })

  it('keeps who began it, and adds who went on', async () => {
    const runs = newFolder()
    const { judge } = judgeOf(readingAnswer)
    const first = runRequest(runs, { judge })
    await runJudge({ ...first, signal: AbortSignal.abort() })
    const starts = [
      { at: '2026-11-23T00:00:00.000Z', git: { commit: 'b'.repeat(40), dirty: false }, software: { node: '22.0.0' } },
      { at: '2026-11-24T00:00:00.000Z', git: { commit: 'c'.repeat(40), dirty: true }, software: { node: '24.0.0' } },
    ]
    for (const [n, { at, git, software }] of starts.entries()) {
      const { signal } = new AbortController()
      const stopping = n === 0 ? { stopping: { judge: 'a', against: 'b' } } : {}
      const manifest = { ...first.manifest, ...stopping, study: `other-${n}`, startedAt: at, git, software }
      await runJudge({ ...first, manifest, signal: n === 0 ? AbortSignal.abort() : signal })
    }
    const { completedAt, ...kept } = await loadRunManifest(first.run)
    // One of them judged until two judges were told apart: that stays said of the run.
    expect(kept).toEqual({ ...first.manifest, stopping: { judge: 'a', against: 'b' }, resumed: starts })
    expect(completedAt).not.toBeNull()
  })

  it('is marked complete when a crash left only that undone', async () => {
    const runs = newFolder()
    const request = runRequest(runs, { judge: judgeOf(readingAnswer).judge })
    await runJudge(request)
    writeFileSync(request.run.manifest, JSON.stringify({ ...request.manifest, completedAt: null }))
    expect(await runJudge(request)).toMatchObject({ asked: 0, isComplete: true })
    expect((await loadRunManifest(request.run)).completedAt).not.toBeNull()
  })

  it('recovers from a log torn at every byte of its last line, in `pnpm stress` of every line', async () => {
    const first = (): Answer => ({ outcome: { kind: 'choice', slot: 0 } })
    const request = runRequest(newFolder(), { judge: judgeOf(first).judge, examples: 2 })
    await runJudge(request)
    const whole = readFileSync(request.run.log)
    const start = process.env.JUDGELAB_STRESS === undefined ? whole.lastIndexOf(0x0a, whole.length - 2) + 1 : 0
    const all = await loadJudgments(request.run)
    for (let end = start; end < whole.length; end++) {
      const torn = whole.subarray(0, end)
      writeFileSync(request.run.log, torn)
      const lines = torn.toString().split('\n').length - 1
      const { calls, judge } = judgeOf(first)
      await runJudge({ ...request, judge })
      const judgments = await loadJudgments(request.run)
      expect([...calls.keys()]).toEqual(request.presentations.slice(lines).map(({ id }) => id))
      expect(judgments.slice(0, lines)).toEqual(all.slice(0, lines))
      expect(judgments).toHaveLength(4)
    }
  })

  it('changes nothing in a run that a newer judgelab wrote', async () => {
    const runs = newFolder()
    const { judge, calls } = judgeOf(readingAnswer)
    const request = runRequest(runs, { judge })
    mkdirSync(request.run.folder, { recursive: true })
    writeFileSync(request.run.manifest, JSON.stringify({ ...request.manifest, formatVersion: 2, completedAt: null }))
    writeFileSync(request.run.log, '{"v":2,"half":')
    const before = filesOf(request)
    await expect(runJudge(request)).rejects.toThrow(/manifest\.json: formatVersion: written by a newer judgelab/)
    expect(filesOf(request)).toEqual(before)
    expect(calls.size).toBe(0)
  })

  it('changes nothing in a folder that holds another run', async () => {
    const first = runRequest(newFolder(), { judge: judgeOf(readingAnswer).judge, examples: 2 })
    await runJudge(first)
    const before = filesOf(first)
    const { judge, calls } = judgeOf(readingAnswer)
    const { presentations, manifest } = runRequest(newFolder(), { judge, examples: 3 })
    await expect(runJudge({ ...first, judge, presentations, manifest })).rejects.toThrow(
      `${first.run.manifest}: expected run ${manifest.runId}, found ${first.manifest.runId}: a folder holds one run`,
    )
    expect(filesOf(first)).toEqual(before)
    expect(calls.size).toBe(0)
  })

  it('stops at a whole line that is malformed, names it and keeps the log', async () => {
    const runs = newFolder()
    const { judge, calls } = judgeOf(readingAnswer)
    const request = runRequest(runs, { judge, examples: 1 })
    await runJudge(request)
    appendFileSync(request.run.log, '{"v":1,"oops":true}\n')
    const before = readFileSync(request.run.log, 'utf8')
    await expect(runJudge(request)).rejects.toThrow(/judgments\.jsonl:3: /)
    expect(readFileSync(request.run.log, 'utf8')).toBe(before)
    expect(calls.size).toBe(2)
  })
})

describe('a run that is stopped', () => {
  it('keeps what was answered and is not complete', async () => {
    const stop = new AbortController()
    const { judge } = judgeOf(readingAnswer)
    const request = runRequest(newFolder(), {
      judge,
      signal: stop.signal,
      onProgress: ({ done }) => done === 5 && stop.abort(),
    })
    expect(await runJudge(request)).toMatchObject({ asked: 5, isComplete: false })
    expect(await loadJudgments(request.run)).toHaveLength(5)
    expect((await loadRunManifest(request.run)).completedAt).toBeNull()
  })

  it('keeps the answers of calls under way, but no failure that the stop itself made', async () => {
    const stop = new AbortController()
    const { judge } = judgeOf(async ({ presentationId, shown, signal }) => {
      if (presentationId === 'e0|pairwise|0-2#0') {
        await setTimeout(20)
        return readingAnswer({ presentationId, shown })
      }
      stop.abort()
      await setTimeout(5)
      throw new JudgeCallError(`cut off: ${signal?.aborted}`, { judgeId: 'j', presentationId, isRetryable: true })
    }, 2)
    const request = runRequest(newFolder(), { judge, signal: stop.signal })
    const { isComplete } = await runJudge(request)
    const judgments = await loadJudgments(request.run)
    expect(judgments.map(({ presentationId }) => presentationId)).toEqual(['e0|pairwise|0-2#0'])
    expect(isComplete).toBe(false)
  })

  it('can be stopped by a timer between two answers of a judge that never waits', async () => {
    const { judge, calls } = judgeOf(readingAnswer)
    const signal = AbortSignal.timeout(1)
    const { isComplete } = await runJudge(runRequest(newFolder(), { judge, signal, examples: 3000 }))
    expect(isComplete).toBe(false)
    expect(calls.size).toBeLessThan(6000)
  })
})

describe('a call that fails', () => {
  const failing = (call: Parameters<typeof readingAnswer>[0]) => {
    const { presentationId } = call
    if (presentationId.startsWith('e1|'))
      throw new JudgeCallError('429 too many requests', {
        judgeId: 'j',
        presentationId,
        status: 429,
        isRetryable: true,
      })
    return readingAnswer(call)
  }

  it('is a failed judgment with its reason, counted like every other', async () => {
    const request = runRequest(newFolder(), { judge: judgeOf(failing).judge })
    const { failures, isComplete } = await runJudge(request)
    const judgments = await loadJudgments(request.run)
    expect(failures).toEqual({ error: 2 })
    const failed = judgments.filter(({ outcome }) => outcome.kind === 'failed')
    expect(isComplete).toBe(true)
    expect(judgments).toHaveLength(20)
    expect(failed.map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 2 }, () => ({ kind: 'failed', reason: 'error', detail: '429 too many requests' })),
    )
  })

  it('stops the run when the error is a bug, and keeps what was answered, also by calls under way', async () => {
    const { judge, calls } = judgeOf(async (call) => {
      if (calls.size === 6) throw new TypeError('slots is not iterable')
      await setTimeout(2)
      return readingAnswer(call)
    }, 3)
    const request = runRequest(newFolder(), { judge })
    await expect(runJudge(request)).rejects.toThrow('slots is not iterable')
    expect(calls.size).toBe(6)
    expect(await loadJudgments(request.run)).toHaveLength(5)
    expect(existsSync(`${request.run.folder}/lock`)).toBe(false)
  })

  it('never lets an answer into the log that could not be read back', async () => {
    const { judge } = judgeOf((call) =>
      call.presentationId.startsWith('e2|')
        ? { outcome: { kind: 'choice', slot: 0, probabilities: [Number.NaN, 1] } }
        : readingAnswer(call),
    )
    const request = runRequest(newFolder(), { judge })
    await expect(runJudge(request)).rejects.toThrow(/outcome\.probabilities\.0: expected a number, found NaN|null/)
    expect(await loadJudgments(request.run)).toHaveLength(4)
  })
})

describe('two owners', () => {
  it('refuses the second with the process id of the first', async () => {
    const request = runRequest(newFolder(), { judge: judgeOf(readingAnswer).judge })
    const release = await ownRun(request.run)
    await expect(runJudge(request)).rejects.toThrow(`the run is being written by process ${process.pid}`)
    await release()
    expect(await runJudge(request)).toMatchObject({ isComplete: true })
  })
})

function filesOf({ run }: RunRequest): string[] {
  return [run.manifest, run.log].map((file) => readFileSync(file, 'utf8'))
}
