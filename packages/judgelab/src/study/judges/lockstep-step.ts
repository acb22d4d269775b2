import { readFile } from 'node:fs/promises'
import { promptsOf, type StoppedEarly } from '@judgelab/analysis'
import { type Comparison, type Example, parseJson, saveJson } from '@judgelab/core'
import { type LockstepSide, presentationsDigest, presentComparisons, runIdOf, runLockstep } from '@judgelab/judges'
import { codeVersion } from '../code-version.js'
import { artifact, doStep, type StudyContext } from '../context.js'
import type { StudyData } from '../prepare.js'
import type { StudyContender } from './contenders.js'
import { askedOf, runOf, runRequestOf, type StudyRun } from './judge-step.js'

/** What an early stopping leaves: the comparisons that everything then stands on, and both runs. */
export interface Lockstep {
  readonly stopped: StoppedEarly
  readonly comparisons: readonly Comparison[]
  readonly runs: ReadonlyMap<string, StudyRun>
}

/**
 * Asks the two judges of the study's early stopping in lockstep, until the anytime-valid test tells them apart or all is
 * judged; undefined where the study stops nothing early.
 *
 * @throws {Error} saying why, when it stopped for want of budget or because a service is of no use
 */
export async function judgeInLockstep(
  context: StudyContext,
  contenders: readonly StudyContender[],
  data: StudyData,
): Promise<Lockstep | undefined> {
  const { study } = context.loaded
  const { stopping } = study
  if (stopping === undefined) return undefined
  const named = (name: string): StudyContender => contenders.find((held) => held.name === name) as StudyContender
  const sides = [named(stopping.judge), named(stopping.against)] as const
  const runs = new Map(sides.map((contender) => [contender.name, runOf(context, contender, data).run]))
  const file = artifact(context, 'lockstep.json')
  await doStep(context, {
    name: 'lockstep',
    title: `Judging in lockstep with ${stopping.judge} and ${stopping.against}`,
    inputs: {
      stopping,
      evaluation: study.evaluation,
      level: study.statistics.level,
      runs: sides.map(({ judge }) => runIdOf(judge, data.benchmark.fingerprint, presentationsDigest([]))),
      comparisons: data.comparisons.map(({ id }) => id),
      code: await codeVersion(['core', 'judges', 'scoring', 'stats']),
    },
    outputs: [file],
    isLabour: true,
    isForced: context.retryFailed,
    run: async () => {
      const stopped = await lockstep(context, sides, data)
      await saveJson(file, { formatVersion: 1, ...stopped })
      const { sequence } = stopped
      const decision =
        sequence.decided === null
          ? 'not told apart'
          : `told apart: ${stopping[sequence.decided === 'a' ? 'judge' : 'against']} leads`
      return `${stopped.comparisons.length} of ${data.comparisons.length} comparisons, ${decision}, anytime-valid p ${sequence.p.toPrecision(2)}`
    },
  })
  const { formatVersion: _, ...stopped } = parseJson(await readFile(file, 'utf8'), { file }) as StoppedEarly & {
    readonly formatVersion: 1
  }
  const judged = new Set(stopped.comparisons)
  return { stopped, comparisons: data.comparisons.filter(({ id }) => judged.has(id)), runs }
}

async function lockstep(
  context: StudyContext,
  [a, b]: readonly [StudyContender, StudyContender],
  data: StudyData,
): Promise<StoppedEarly> {
  const { study } = context.loaded
  const { rule, ties, failures } = study.evaluation
  const promptOf = promptsOf(data.benchmark)
  const result = await runLockstep({
    a: await sideOf(context, a, data),
    b: await sideOf(context, b, data),
    comparisons: data.comparisons,
    unitOf: ({ exampleId }) => promptOf(exampleId),
    seed: study.stopping?.seed ?? 0,
    atLeast: study.stopping?.atLeast ?? 1,
    level: study.statistics.level,
    rule,
    policies: { ties, failures },
    onLook: (sequence, judged) =>
      context.progress.advance(judged, data.comparisons.length, 'comparisons', `p ${sequence.p.toPrecision(2)}`),
  })
  const { stopped } = result
  if (stopped !== undefined) {
    context.signal.throwIfAborted()
    throw new Error(
      `${'message' in stopped ? stopped.message : 'it stopped'} (${result.comparisons.length} comparisons are judged by both and kept)`,
    )
  }
  return {
    judge: a.name,
    against: b.name,
    sequence: result.sequence,
    comparisons: result.comparisons,
    of: data.comparisons.length,
  }
}

async function sideOf(context: StudyContext, contender: StudyContender, data: StudyData): Promise<LockstepSide> {
  const asked = askedOf(context, contender)
  const examples = new Map(data.benchmark.examples.map((example) => [example.id, example]))
  return {
    request: await runRequestOf(context, contender, data),
    presentationsOf: (comparison) =>
      presentComparisons([comparison], asked, ({ exampleId }) => examples.get(exampleId) as Example),
    asked: { ...asked, consistency: contender.consistency },
  }
}
