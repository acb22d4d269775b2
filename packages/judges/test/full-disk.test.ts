import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { loadJudgments } from '@judgelab/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type AnswerCache, openAnswerCache, runJudge } from '../src/index.js'
import { judgeOf } from './judge-of.js'
import { readingAnswer } from './reading-answer.js'
import { runRequest } from './run-request.js'
import { smallJudge } from './small-judge.js'
import { startSmallService } from './small-service.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

const NO_SPACE =
  /judgments\.jsonl could not be written \(ENOSPC.*\); what was written before is kept, and the next start asks only for what is missing/

describe.skipIf(!existsSync('/dev/full'))('a log on a device that is always full', () => {
  it('ends the run with an error that names the log, the reason and what is kept', async () => {
    const request = runRequest(newFolder(), { judge: judgeOf(readingAnswer).judge })
    mkdirSync(request.run.folder, { recursive: true })
    symlinkSync('/dev/full', request.run.log)
    const failure = await runJudge(request).catch((error: unknown) => error)
    expect((failure as Error).message).toMatch(NO_SPACE)
    expect(failure).toMatchObject({ cause: { code: 'ENOSPC' } })
    expect(existsSync(`${request.run.folder}/lock`)).toBe(false)
    expect(JSON.parse(readFileSync(request.run.manifest, 'utf8'))).toMatchObject({ completedAt: null })
  })

  it('stops asking soon after the first write failed', async () => {
    const { judge, calls } = judgeOf(async (call) => {
      await setTimeout(1)
      return readingAnswer(call)
    }, 4)
    const request = runRequest(newFolder(), { judge, examples: 200 })
    mkdirSync(request.run.folder, { recursive: true })
    symlinkSync('/dev/full', request.run.log)
    await expect(runJudge(request)).rejects.toThrow('ENOSPC')
    expect(calls.size).toBeLessThan(100)
  })
})

/** A file system of so many kB, where the tests may make one; undefined where they may not. */
function smallDisk(kilobytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-small-disk-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  return folder
}

describe('a small disk that fills up while a run is written', () => {
  it('keeps what fitted, and the run completes with nothing lost once there is space again', async ({ skip }) => {
    const disk = smallDisk(64)
    if (disk === undefined) return skip('may not mount a small file system here')
    const ballast = `${disk}/ballast`
    writeFileSync(ballast, Buffer.alloc(40_000))
    const request = runRequest(disk, { judge: judgeOf(readingAnswer).judge, examples: 60 })
    await expect(runJudge(request)).rejects.toThrow(NO_SPACE)
    const kept = await loadJudgments(request.run)
    expect(kept.length).toBeGreaterThan(10)

    rmSync(ballast)
    const { judge, calls } = judgeOf(readingAnswer)
    const { isComplete } = await runJudge({ ...request, judge })
    const judgments = await loadJudgments(request.run)
    expect(isComplete).toBe(true)
    expect(calls.size).toBe(120 - kept.length)
    expect(judgments.slice(0, kept.length)).toEqual(kept)
    expect(new Set(judgments.map(({ presentationId }) => presentationId)).size).toBe(120)
  })
})

describe('a small disk that holds runs and cache and fills up', () => {
  it('ends the run with the reason, and nothing that is in the log is asked again', async ({ skip }) => {
    const disk = smallDisk(4096)
    if (disk === undefined) return skip('may not mount a small file system here')
    const service = await startSmallService()
    const ballast = `${disk}/ballast`
    writeFileSync(ballast, Buffer.alloc(2_900_000))
    const request = runRequest(disk, { judge: smallJudge(service.url), examples: 300 })
    const cache = await openAnswerCache(`${disk}/cache`)
    await expect(runJudge({ ...request, cache })).rejects.toThrow(/the cache .* could not be written \(ENOSPC/)
    await cache.close()
    const kept = await loadJudgments(request.run)
    expect(kept.length).toBeGreaterThan(10)
    const asked = service.requests()

    rmSync(ballast)
    const again = await openAnswerCache(`${disk}/cache`)
    const report = await runJudge({ ...request, cache: again })
    await again.close()
    expect(report).toMatchObject({ isComplete: true, asked: 600 - kept.length })
    expect(service.requests() - asked).toBe(report.asked - report.cached)
  })
})

describe('a cache that can’t be written', () => {
  it('ends the run, and what was answered is in the log', async () => {
    const service = await startSmallService()
    const real = await openAnswerCache(newFolder())
    let puts = 0
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    const cache: AnswerCache = { ...real, put: (...put) => (++puts > 5 ? Promise.reject(full) : real.put(...put)) }
    const request = runRequest(newFolder(), { judge: smallJudge(service.url), examples: 50, cache })
    await expect(runJudge(request)).rejects.toThrow('ENOSPC')
    const kept = await loadJudgments(request.run)
    expect(kept).toHaveLength(service.requests())
    expect(kept.length).toBeLessThan(15)
    expect(await runJudge({ ...request, cache: real })).toMatchObject({ isComplete: true, asked: 100 - kept.length })
    await real.close()
  })
})

describe('a folder that may only be read', () => {
  it('is an error before anything is asked', async ({ skip }) => {
    const folder = process.getuid?.() === 0 ? smallDisk(64) : newFolder()
    if (folder === undefined) return skip('may not mount a small file system here')
    if (process.getuid?.() === 0) execFileSync('mount', ['-o', 'remount,ro', folder])
    else chmodSync(folder, 0o555)
    const { judge, calls } = judgeOf(readingAnswer)
    await expect(runJudge(runRequest(folder, { judge }))).rejects.toThrow(/EROFS|EACCES|ENOENT/)
    await expect(openAnswerCache(join(folder, 'cache'))).rejects.toThrow(
      /the cache .* could not be opened \((EROFS|EACCES|ENOENT)/,
    )
    expect(calls.size).toBe(0)
  })
})
