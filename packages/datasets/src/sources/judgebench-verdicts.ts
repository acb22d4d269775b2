import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetFormatError, type Outcome, type Where } from '@judgelab/core'
import type { ProblemLog } from '../validation/problem-log.js'
import { fieldsOf, needs } from './needs.js'
import {
  type RecordedAnswer,
  type RecordedAnswers,
  type RecordedPass,
  readRecordedAnswers,
} from './recorded-answers.js'

/**
 * The recorded verdicts of one JudgeBench judge: a `.jsonl` file of `outputs/`, or that folder (or the one around it)
 * with `judge` naming prompt and model, as in `arena_hard/gpt-4o-2024-05-13`.
 *
 * The first judgment saw response A first, the second saw response B first; each decision is in the frame that was
 * shown, so `A>B` in the second one prefers response B. An unreadable decision is `failed: unparsed`; a call that failed
 * upstream (no judgment at all) is `failed: error`.
 *
 * @throws {DatasetFormatError} if there is no such file, and as `readRecordedAnswers`
 */
export async function loadJudgeBenchVerdicts(path: string, judge: string, log?: ProblemLog): Promise<RecordedAnswers> {
  return readRecordedAnswers({ files: await outputFiles(path, judge), format: 'jsonl', fromRow: passesOf }, log)
}

function passesOf({ pair_id: exampleId, judgments }: Readonly<Record<string, unknown>>, where: Where): RecordedPass[] {
  if (typeof exampleId !== 'string') throw needs('a text', exampleId, 'pair_id', where)
  if (!Array.isArray(judgments) || judgments.length === 0 || judgments.length > 2)
    throw needs('one or two judgments', judgments, 'judgments', where)
  return judgments.map((judgment: unknown, game) => ({
    exampleId,
    slots: game === 0 ? [0, 1] : [1, 0],
    ...answerOf(judgment, `judgments.${game}`, where),
  }))
}

async function outputFiles(path: string, judge: string): Promise<string[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new DatasetFormatError(
      'expected a file or folder of JudgeBench outputs, found none',
      { file: path },
      { cause },
    )
  })
  if (!found.isDirectory()) return [path]
  const [name, ...model] = judge.split('/')
  const ending = `judge_name=${name},judge_model=${model.join('_')}.jsonl`
  for (const folder of [join(path, 'outputs'), path]) {
    const names = await readdir(folder).catch(() => [])
    const files = names.filter((held) => held.endsWith(ending)).sort()
    if (files.length > 0) return files.map((held) => join(folder, held))
  }
  throw new DatasetFormatError(`expected outputs/*${ending}, found none`, { file: path })
}

function answerOf(judgment: unknown, field: string, where: Where): RecordedAnswer {
  if (judgment === null) return { outcome: { kind: 'failed', reason: 'error' } }
  const { decision, judgment: details } = fieldsOf(judgment, where, field)
  const { response } = (details ?? {}) as { response?: unknown }
  return {
    outcome: outcomeOf(decision, `${field}.decision`, where),
    ...(typeof response === 'string' && response !== '' ? { raw: response } : {}),
  }
}

function outcomeOf(decision: unknown, field: string, where: Where): Outcome {
  switch (decision) {
    case null:
    case undefined:
      return { kind: 'failed', reason: 'unparsed' }
    case 'A>B':
      return { kind: 'choice', slot: 0 }
    case 'B>A':
      return { kind: 'choice', slot: 1 }
    case 'A=B':
      return { kind: 'choice', slot: 'tie' }
    default:
      // Upstream keeps labels that it does not know and never counts them as right.
      if (typeof decision === 'string') return { kind: 'failed', reason: 'unparsed', detail: decision }
      throw needs('A>B, B>A, A=B or null', decision, field, where)
  }
}
