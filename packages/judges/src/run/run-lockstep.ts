import {
  type Comparison,
  createNumpyRandom,
  groupBy,
  type Judgment,
  type Presentation,
  type Rule,
  type Verdict,
} from '@judgelab/core'
import { type Asked, creditOf, type Policies, verdictOf } from '@judgelab/scoring'
import type { PairedSequence } from '@judgelab/stats'
import { type OpenRun, withOpenRun } from './open-run.js'
import { requireRunnable } from './run-judge.js'
import type { RunReport, RunRequest, Stopped } from './run-request.js'
import { DEFAULT_CONCURRENCY } from './service-gate.js'

/** One of the two judges, with the run that it would make over all comparisons. */
export interface LockstepSide {
  readonly request: RunRequest
  /** Which of the run's presentations are evidence for a comparison. */
  readonly presentationsOf: (comparison: Comparison) => readonly Presentation[]
  /** Which orders and repeats were asked, for the verdicts. */
  readonly asked: Asked
}

/** Two judges that are asked until they are told apart. */
export interface LockstepRequest {
  readonly a: LockstepSide
  readonly b: LockstepSide
  readonly comparisons: readonly Comparison[]
  /** Comparisons of one unit are averaged: units must be independent. Defaults to the comparison's example. */
  readonly unitOf?: ((comparison: Comparison) => string) | undefined
  /** Of the order in which units are judged. */
  readonly seed: number
  /** Comparisons that are judged in any case. */
  readonly atLeast: number
  /** Coverage of the confidence sequence, in (0, 1). */
  readonly level: number
  readonly rule: Rule
  readonly policies: Policies
  /** Told after every unit. */
  readonly onLook?: ((sequence: PairedSequence, comparisons: number) => void) | undefined
}

/** What two judges in lockstep came to. Its p and interval hold however often they were looked at; no fixed-n ones do. */
export interface LockstepResult {
  /** Of A's credit less B's, over `comparisons`. */
  readonly sequence: PairedSequence
  /** Ids of the comparisons that the sequence is over, in the order in which they were judged. */
  readonly comparisons: readonly string[]
  readonly a: RunReport
  readonly b: RunReport
  /** Why it ended without a decision though there were comparisons left. */
  readonly stopped?: Stopped | undefined
}

/**
 * Asks two judges for the same comparisons, in random order by seed, until the anytime-valid test tells them apart, or there
 * is nothing left to ask.
 *
 * It is looked at after every unit, in that order; the decision falls with the first unit at which at least `atLeast`
 * comparisons are judged and the confidence sequence leaves out 0. Where that is does not depend on what was asked side by
 * side, or on when it was stopped: it goes on from the logs. A few units beyond it may have been asked; their judgments
 * stay in the logs and out of the result.
 *
 * @throws as `runJudge`; {RangeError} without comparisons, or for a judge that answers in bulk
 */
export async function runLockstep(request: LockstepRequest): Promise<LockstepResult> {
  const { a, b, comparisons } = request
  if (comparisons.length === 0) throw new RangeError('runLockstep needs at least 1 comparison, got 0')
  for (const { request: run } of [a, b]) {
    requireRunnable(run)
    if ('collect' in run.judge)
      throw new RangeError(`runLockstep needs judges that answer call by call, got ${run.judge.name}`)
  }
  const reports: { b?: RunReport; found?: Found } = {}
  const reportA = await withSide(a, async (sideA) => {
    reports.b = await withSide(b, async (sideB) => {
      reports.found = await judgeUnits(request, sideA, sideB)
    })
  })
  const { sequence, judged } = reports.found as Found
  const reportB = reports.b as RunReport
  const stopped = sequence.decided === null ? (reportA.stopped ?? reportB.stopped) : undefined
  return { sequence, comparisons: judged, a: reportA, b: reportB, stopped }
}

/** What was found until it ended. */
interface Found {
  readonly sequence: PairedSequence
  readonly judged: readonly string[]
}

/** A side whose run is open. */
interface OpenSide {
  readonly side: LockstepSide
  readonly run: OpenRun
  /** Presentations that are still to be asked. */
  readonly missing: Set<string>
  readonly judgments: ReadonlyMap<string, Judgment>
}

function withSide(side: LockstepSide, work: (open: OpenSide) => Promise<void>): Promise<RunReport> {
  const judgments = new Map<string, Judgment>()
  const keep = ({ raw: _raw, reasoning: _reasoning, ...judgment }: Judgment): void =>
    void judgments.set(judgment.presentationId, judgment)
  const onJudgment = (judgment: Judgment): void => {
    keep(judgment)
    side.request.onJudgment?.(judgment)
  }
  return withOpenRun(
    { ...side.request, onJudgment },
    (run) => {
      const missing = new Set(run.missing.map(({ id }) => id))
      for (const id of missing) judgments.delete(id)
      return work({ side, run, missing, judgments })
    },
    keep,
  )
}

async function judgeUnits(request: LockstepRequest, a: OpenSide, b: OpenSide): Promise<Found> {
  // Statistics take a fifth of a second to load, and only who stops early needs them here.
  const { extendPairedSequence, startPairedSequence } = await import('@judgelab/stats')
  const { atLeast, level, onLook } = request
  const units = unitsInOrder(request)
  const judged: string[] = []
  let sequence = startPairedSequence({ level })
  for (let from = 0; from < units.length; ) {
    const block = units.slice(from, from + blockSize(units, from, atLeast - judged.length, [a, b]))
    from += block.length
    await Promise.all([askBlock(a, block), askBlock(b, block)])
    for (const unit of block) {
      if (!isJudged(a, unit) || !isJudged(b, unit)) return { sequence, judged }
      judged.push(...unit.map(({ id }) => id))
      const difference = differenceOf(request, unit, a, b)
      if (difference !== undefined) sequence = extendPairedSequence(sequence, [difference])
      onLook?.(sequence, judged.length)
      if (sequence.decided !== null && judged.length >= atLeast) return { sequence, judged }
    }
  }
  return { sequence, judged }
}

type Unit = readonly Comparison[]

function unitsInOrder({ comparisons, seed, unitOf = ({ exampleId }) => exampleId }: LockstepRequest): Unit[] {
  const units = [...groupBy(comparisons, unitOf).values()]
  createNumpyRandom(seed).shuffle(units)
  return units
}

/** What is surely needed; beyond that, so many units that both judges can be kept busy. */
function blockSize(units: readonly Unit[], from: number, needed: number, sides: readonly OpenSide[]): number {
  let comparisons = 0
  let size = 0
  while (comparisons < needed && from + size < units.length) {
    comparisons += (units[from + size] as Unit).length
    size++
  }
  if (size > 0) return size
  const calls = (side: OpenSide): number =>
    (units[from] as Unit).flatMap((comparison) => side.side.presentationsOf(comparison)).length
  return Math.max(1, ...sides.map((side) => Math.floor(concurrencyOf(side) / Math.max(1, calls(side)))))
}

function concurrencyOf({ side }: OpenSide): number {
  const { judge } = side.request
  if ('answer' in judge) return judge.concurrency
  return 'send' in judge ? (judge.limits.concurrency ?? DEFAULT_CONCURRENCY) : 1
}

/** Asks for what is missing of a block, and for nothing twice. */
async function askBlock({ side, run, missing }: OpenSide, block: readonly Unit[]): Promise<void> {
  const wanted = block.flat().flatMap((comparison) => side.presentationsOf(comparison))
  const asked = wanted.filter(({ id }) => missing.delete(id))
  if (asked.length > 0 && !run.isStopped()) await run.ask(asked)
}

function isJudged({ side, judgments }: OpenSide, unit: Unit): boolean {
  return unit.every((comparison) => side.presentationsOf(comparison).every(({ id }) => judgments.has(id)))
}

/** A's mean credit less B's, over the comparisons of a unit that count for both; undefined where none does. */
function differenceOf(request: LockstepRequest, unit: Unit, a: OpenSide, b: OpenSide): number | undefined {
  const differences = unit.flatMap((comparison) => {
    const [first, second] = [a, b].map((side) => creditOf(verdictIn(side, comparison, request.rule), request.policies))
    return typeof first === 'number' && typeof second === 'number' ? [first - second] : []
  })
  if (differences.length === 0) return undefined
  return differences.reduce((sum, difference) => sum + difference, 0) / differences.length
}

function verdictIn({ side, judgments }: OpenSide, comparison: Comparison, rule: Rule): Verdict {
  const held = side.presentationsOf(comparison).flatMap(({ id }) => judgments.get(id) ?? [])
  return verdictOf(comparison, held, rule, side.asked)
}
