import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetFormatError, parseJson, type RunFolder, saveJson } from '@judgelab/core'
import type { Judge } from '@judgelab/judges'
import type { JudgeRequest } from '../load-study.js'

/** Who had a run submitted: a study, by the name that its file has, or a `judgelab judge` command, by what it asked for. */
export interface Asker {
  readonly study: string
  /** Of a command: no file holds it. */
  readonly request?: JudgeRequest | undefined
}

/** In the folder of a run's jobs. */
export const ASKED_BY = 'asked-by.json'

/** The judge, which notes who asks before it submits anything: so another process can collect what it submitted. */
export function noting(judge: Judge, asker: Asker): Judge {
  if (!('collect' in judge)) return judge
  return {
    ...judge,
    async *collect(calls, options) {
      if (options.isTaking !== true) await noteAsker(options.folder, asker)
      yield* judge.collect(calls, options)
    },
  }
}

async function noteAsker(jobs: string, asker: Asker): Promise<void> {
  const known = await askersIn(jobs)
  const others = known.filter(({ study }) => study !== asker.study)
  await saveJson(join(jobs, ASKED_BY), { formatVersion: 1, askers: [...others, asker] })
}

/** Everybody who had a run submitted, the last one last; none of a run that was never submitted. */
export function askersOf({ folder }: RunFolder): Promise<Asker[]> {
  return askersIn(join(folder, 'jobs'))
}

async function askersIn(jobs: string): Promise<Asker[]> {
  const file = join(jobs, ASKED_BY)
  if (!existsSync(file)) return []
  const held = parseJson(await readFile(file, 'utf8'), { file }) as Partial<{
    formatVersion: 1
    askers: Asker[]
  }> | null
  const { formatVersion, askers } = held ?? {}
  if (formatVersion === 1 && Array.isArray(askers) && askers.every((asker) => typeof asker?.study === 'string'))
    return askers
  throw new DatasetFormatError('expected who asked for a run, in version 1, found another file', { file })
}
