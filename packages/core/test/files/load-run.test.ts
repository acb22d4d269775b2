import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  cutTornLine,
  DatasetFormatError,
  type Judgment,
  listRuns,
  loadJudgments,
  loadRunManifest,
  ownRun,
  type RunFolder,
  readJudgments,
  runFolder,
  toJsonl,
} from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { deadProcessId } from '../support/dead-process.js'
import { madeJudgment } from '../support/made-judgment.js'
import { temporaryFolders } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()
const JUDGMENTS = [1, 2, 3].map(madeJudgment)

/** A run whose log is the given bytes. */
function runWith(log: string | Uint8Array): RunFolder {
  const run = runFolder(newFolder(), 'run-1')
  mkdirSync(run.folder)
  writeFileSync(run.log, log)
  return run
}

describe('loadJudgments', () => {
  it('gives the judgments in the order in which they were answered', async () => {
    expect(await loadJudgments(runWith(toJsonl(JUDGMENTS)))).toEqual(JUDGMENTS)
  })

  it('gives the last judgment of a presentation that was asked again, in its place', async () => {
    const again = { ...madeJudgment(1), outcome: { kind: 'choice', slot: 0 } as const }
    const run = runWith(toJsonl([...JUDGMENTS, again]))
    expect(await loadJudgments(run)).toEqual([madeJudgment(2), madeJudgment(3), again])
    const lines: Judgment[] = []
    for await (const judgment of readJudgments(run)) lines.push(judgment)
    expect(lines).toEqual([...JUDGMENTS, again])
  })

  it('names a log that cannot be read', async () => {
    const run = runFolder(newFolder(), 'run-1')
    mkdirSync(run.log, { recursive: true })
    await expect(loadJudgments(run)).rejects.toThrow(
      `${run.log}: expected a readable file of lines, found none (EISDIR`,
    )
  })

  it('gives none where there is no log yet', async () => {
    expect(await loadJudgments(runFolder(newFolder(), 'run-1'))).toEqual([])
    expect(await loadJudgments(runWith(''))).toEqual([])
  })

  it('refuses a log that is there in its packed form only, and reads the log where both are', async () => {
    const run = runFolder(newFolder(), 'run-1')
    mkdirSync(run.folder)
    const packed = join(run.folder, 'judgments.parquet')
    writeFileSync(packed, 'PAR1')
    await expect(loadJudgments(run)).rejects.toThrow(
      new DatasetFormatError(
        'expected judgments.jsonl beside this file, found the packed judgments only, which judgelab score and judgelab sql read',
        { file: packed },
      ),
    )
    writeFileSync(run.log, toJsonl(JUDGMENTS))
    expect(await loadJudgments(run)).toEqual(JUDGMENTS)
  })

  it('cuts a torn last line at every byte and keeps every whole line', async () => {
    const short = JUDGMENTS.slice(0, 2)
    const whole = Buffer.from(toJsonl(short))
    const run = runWith('')
    for (let size = 0; size <= whole.length; size++) {
      writeFileSync(run.log, whole.subarray(0, size))
      const end = whole.subarray(0, size).lastIndexOf(0x0a) + 1
      const kept = whole.subarray(0, end).toString('utf8').split('\n').length - 1
      expect(await loadJudgments(run), `torn after ${size} bytes`).toEqual(short.slice(0, kept))
      expect(statSync(run.log).size, `torn after ${size} bytes`).toBe(end)
    }
  })

  it('cuts zeros that a power cut left behind the last whole line', async () => {
    const run = runWith(Buffer.concat([Buffer.from(toJsonl(JUDGMENTS)), Buffer.alloc(70_000)]))
    expect(await loadJudgments(run)).toEqual(JUDGMENTS)
    expect(readFileSync(run.log, 'utf8')).toBe(toJsonl(JUDGMENTS))
  })

  it('leaves the unfinished line of a living owner alone and does not read it', async () => {
    const run = runWith(`${toJsonl(JUDGMENTS)}{"v":1,"pres`)
    const release = await ownRun(run)
    expect(await loadJudgments(run)).toEqual(JUDGMENTS)
    expect(readFileSync(run.log, 'utf8')).toBe(`${toJsonl(JUDGMENTS)}{"v":1,"pres`)
    await release()
    expect(await loadJudgments(run)).toEqual(JUDGMENTS)
    expect(readFileSync(run.log, 'utf8')).toBe(toJsonl(JUDGMENTS))
  })

  it('cuts the torn line of an owner that is no longer there, and leaves no lock', async () => {
    const run = runWith(`${toJsonl(JUDGMENTS)}{"v":1`)
    writeFileSync(join(run.folder, 'lock'), `${deadProcessId()}\n`)
    expect(await loadJudgments(run)).toEqual(JUDGMENTS)
    expect(readFileSync(run.log, 'utf8')).toBe(toJsonl(JUDGMENTS))
    expect(() => statSync(join(run.folder, 'lock'))).toThrow('ENOENT')
  })

  it('names the first whole line that is malformed, and the field', async () => {
    const bad = { ...madeJudgment(2), latencyMs: 'fast' }
    const run = runWith(toJsonl([madeJudgment(1), bad, madeJudgment(3)]))
    const failure = await loadJudgments(run).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(DatasetFormatError)
    expect(failure).toMatchObject({ file: run.log, line: 2, field: 'latencyMs' })
    expect((failure as Error).message).toContain('expected a number, found "fast"')
  })

  it('refuses a log of a newer version and changes nothing in it, not even its torn line', async () => {
    const log = `${toJsonl([{ ...madeJudgment(1), v: 2, extra: 'new' }])}{"v":2`
    const run = runWith(log)
    await expect(loadJudgments(run)).rejects.toThrow(
      'written by a newer judgelab: format version 2, this one reads up to 1; nothing was changed',
    )
    expect(readFileSync(run.log, 'utf8')).toBe(log)
  })
})

describe('cutTornLine', () => {
  it('says how many bytes it cut, and finds the last newline across blocks of reading', async () => {
    const run = runWith(`{}\n${'x'.repeat(200_000)}`)
    expect(await cutTornLine(run.log)).toBe(200_000)
    expect(await cutTornLine(run.log)).toBe(0)
    expect(readFileSync(run.log, 'utf8')).toBe('{}\n')
  })

  it('empties a log of one torn line, and leaves alone what does not exist', async () => {
    const run = runWith('{"v"')
    expect(await cutTornLine(run.log)).toBe(4)
    expect(statSync(run.log).size).toBe(0)
    expect(await cutTornLine(`${run.log}.missing`)).toBe(0)
  })

  it('can be followed by appending', async () => {
    const run = runWith(`${toJsonl(JUDGMENTS.slice(0, 2))}{"v":1,`)
    await cutTornLine(run.log)
    appendFileSync(run.log, toJsonl(JUDGMENTS.slice(2)))
    expect(await loadJudgments(run)).toEqual(JUDGMENTS)
  })
})

describe('loadRunManifest', () => {
  it('says which file is missing, is not JSON, or is of a newer version', async () => {
    const run = runWith('')
    await expect(loadRunManifest(run)).rejects.toThrow(
      `${run.manifest}: expected a run manifest, found no readable file`,
    )
    writeFileSync(run.manifest, '{"formatVersion": 1,')
    await expect(loadRunManifest(run)).rejects.toThrow(`${run.manifest}: expected JSON, found`)
    writeFileSync(run.manifest, '{"formatVersion": 7, "whatever": true}')
    await expect(loadRunManifest(run)).rejects.toThrow(
      `${run.manifest}: formatVersion: written by a newer judgelab: format version 7, this one reads up to 1`,
    )
  })
})

describe('listRuns', () => {
  it('gives the folders, sorted, and not the files', async () => {
    const runs = newFolder()
    for (const name of ['b', 'a', 'c']) mkdirSync(join(runs, name))
    writeFileSync(join(runs, 'note.txt'), '')
    expect(await listRuns(runs)).toEqual(['a', 'b', 'c'])
  })

  it('gives none where the folder does not exist, and an error where it is something else', async () => {
    const folder = newFolder()
    expect(await listRuns(join(folder, 'runs'))).toEqual([])
    writeFileSync(join(folder, 'runs'), '')
    await expect(listRuns(join(folder, 'runs'))).rejects.toThrow('ENOTDIR')
  })
})
