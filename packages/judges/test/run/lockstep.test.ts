import { type Comparison, digestText, loadJudgments, loadRunManifest } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { type LockstepRequest, presentComparisons, runJudge, runLockstep } from '../../src/index.js'
import { firstComparisons, someExamples } from '../benchmark.js'
import { judgeOf } from '../judge-of.js'
import { runRequest } from '../run-request.js'
import { temporaryFolders } from '../temporary-folder.js'

const newFolder = temporaryFolders()
const EXAMPLES = 300
const comparisons = firstComparisons(someExamples(EXAMPLES))
const BOTH = { mode: 'pairwise', orders: 'both' } as const

/** A judge that names the chosen response of a share of the examples, the same ones every time. */
function judgeRightOn(share: number, salt: string) {
  return judgeOf(({ presentationId, shown }) => {
    const exampleId = presentationId.split('|')[0] as string
    const isRight = Number.parseInt(digestText(salt + exampleId).slice(0, 6), 16) / 2 ** 24 < share
    const right = shown.slots.findIndex((text) => text.startsWith('It is'))
    return { outcome: { kind: 'choice', slot: isRight ? right : 1 - right } }
  }, 4)
}

function lockstep(
  [shareA, shareB]: readonly [number, number],
  changes: Partial<LockstepRequest> = {},
  [runsA, runsB]: readonly [string, string] = [newFolder(), newFolder()],
) {
  const a = judgeRightOn(shareA, 'a')
  const b = judgeRightOn(shareB, 'b')
  const side = (judge: typeof a, runs: string) => ({
    request: runRequest(runs, { judge: judge.judge, examples: EXAMPLES }),
    presentationsOf: (comparison: Comparison) => presentComparisons([comparison], BOTH),
    asked: BOTH,
  })
  const request: LockstepRequest = {
    a: side(a, runsA),
    b: side(b, runsB),
    comparisons,
    seed: 11,
    atLeast: 20,
    level: 0.95,
    rule: 'consistent',
    policies: { ties: 'wrong', failures: 'wrong' },
    ...changes,
  }
  return { request, calls: [a.calls, b.calls] as const }
}

describe('two judges in lockstep', () => {
  it('are told apart early when one is far better, over the same comparisons in drawn order', async () => {
    const { request, calls } = lockstep([0.9, 0.4])
    const result = await runLockstep(request)
    expect(result.sequence).toMatchObject({ decided: 'a', method: 'betting-mixture', n: result.comparisons.length })
    expect(result.sequence.low).toBeGreaterThan(0)
    expect(result.sequence.p).toBeLessThan(0.05)
    expect(result.comparisons.length).toBeGreaterThanOrEqual(20)
    expect(result.comparisons.length).toBeLessThan(100)
    expect(result.comparisons).not.toEqual(comparisons.slice(0, result.comparisons.length).map(({ id }) => id))
    expect([...calls[0].keys()].toSorted()).toEqual([...calls[1].keys()].toSorted())
    // A block of two units, four calls at once in both orders, may have been asked beyond the decision.
    expect(calls[0].size / 2 - result.comparisons.length).toBeLessThan(2)
    expect(result.a.isComplete).toBe(false)
    expect(result.stopped).toBeUndefined()
    expect((await loadRunManifest(request.a.request.run)).completedAt).toBeNull()
  })

  it('are asked for at least as many as was said', async () => {
    const { request } = lockstep([1, 0], { atLeast: 77 })
    expect((await runLockstep(request)).comparisons).toHaveLength(77)
  })

  it('are asked for everything when there is nothing to tell apart', async () => {
    const { request } = lockstep([0.6, 0.6])
    const result = await runLockstep(request)
    expect(result.sequence).toMatchObject({ decided: null, n: EXAMPLES })
    expect(result.a).toMatchObject({ isComplete: true, done: 2 * EXAMPLES })
    expect(result.b).toMatchObject({ isComplete: true, done: 2 * EXAMPLES })
  })

  it('go on from their logs after a stop, to the same end, asking nothing twice', async () => {
    const whole = await runLockstep(lockstep([0.7, 0.5]).request)
    const folders = [newFolder(), newFolder()] as const
    const stop = new AbortController()
    const first = lockstep([0.7, 0.5], { onLook: (_, judged) => judged === 25 && stop.abort() }, folders)
    const stoppable = { ...first.request.a, request: { ...first.request.a.request, signal: stop.signal } }
    const stopped = await runLockstep({ ...first.request, a: stoppable })
    expect(stopped).toMatchObject({ stopped: { by: 'signal' }, sequence: { decided: null } })

    const second = lockstep([0.7, 0.5], {}, folders)
    const resumed = await runLockstep(second.request)
    expect(resumed.sequence).toEqual(whole.sequence)
    expect(resumed.comparisons).toEqual(whole.comparisons)
    for (const side of [0, 1] as const)
      expect([...second.calls[side].keys()].filter((id) => first.calls[side].has(id))).toEqual([])
    expect((await loadJudgments(second.request.a.request.run)).length).toBe(first.calls[0].size + second.calls[0].size)
    const third = lockstep([0.7, 0.5], {}, folders)
    expect((await runLockstep(third.request)).sequence).toEqual(whole.sequence)
    expect(third.calls[0].size + third.calls[1].size).toBe(0)
  })

  it('share their run with one that asks for everything later', async () => {
    const { request } = lockstep([0.9, 0.4])
    const { a } = await runLockstep(request)
    expect(await runJudge(request.a.request)).toMatchObject({ isComplete: true, asked: 2 * EXAMPLES - a.done })
  })

  it('average the comparisons of one unit', async () => {
    const { request } = lockstep([1, 0], { unitOf: ({ subset }) => subset, atLeast: 1 })
    const { sequence, comparisons: judged } = await runLockstep(request)
    expect(sequence.n).toBe(2)
    expect(judged).toHaveLength(EXAMPLES)
  })

  it('refuse nothing to compare', async () => {
    const { request } = lockstep([1, 0], { comparisons: [] })
    await expect(runLockstep(request)).rejects.toThrow('runLockstep needs at least 1 comparison, got 0')
  })
})
