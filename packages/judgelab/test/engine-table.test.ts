import type { EngineOutlook } from '@judgelab/judges'
import { describe, expect, it } from 'vitest'
import { choiceSentence, choicesOf, engineTable } from '../src/commands/engine-table.js'
import { moment, money, span } from '../src/commands/estimate-words.js'
import { doneBy } from '../src/study/done-by.js'
import type { RunOutlook, StudyEstimate } from '../src/study/estimate-study.js'

const FROM = new Date('2026-11-28T12:00:00.000Z')
const BATCH = {
  service: 'together',
  files: 1,
  rounds: 1,
  bytes: 9,
  hours: 24,
  hoursAtMost: 72,
  isBestEffort: true,
} as const

/** A judge of which ten calls are to be made, as far as the table of engines looks at it. */
function runOf(outlook: EngineOutlook, counts = { calls: 10, paidFor: 0 }): RunOutlook {
  const run = { judge: 'oss', engine: 'online', ...counts, outlook, doneBy: doneBy(outlook, FROM) }
  return run as unknown as RunOutlook
}

const choiceOf = (run: RunOutlook) => choicesOf({ judges: [run] } as unknown as StudyEstimate)[0]!

const time = { seconds: 3600, limit: 'concurrency', perCall: 1, basis: 'measured' } as const

describe('choiceSentence', () => {
  it.each([
    [
      { online: { usd: 3, time }, batch: { ...BATCH, usd: 1.5 }, cheaper: 'batch' },
      'oss: by batch it costs 1.500 USD less and is done by 2026-12-01 12:00 UTC at the latest instead of 2026-11-28 13:00 UTC online.',
    ],
    [
      { online: { usd: 3 }, batch: { ...BATCH, usd: 1.5 }, cheaper: 'batch' },
      'oss: by batch it costs 1.500 USD less and is done by 2026-12-01 12:00 UTC at the latest; how long it takes online is not known.',
    ],
    [
      { online: { usd: 3, time }, batch: { ...BATCH, usd: 3 }, cheaper: 'neither' },
      'oss: a batch saves nothing (batchShare 1), and is done by 2026-12-01 12:00 UTC at the latest instead of 2026-11-28 13:00 UTC online.',
    ],
    [
      { online: { usd: 3, time }, batch: BATCH },
      'oss: what its batches cost is not known (no batchShare among its prices); by batch it is done by 2026-12-01 12:00 UTC at the latest instead of 2026-11-28 13:00 UTC online.',
    ],
    [
      { online: { time }, batch: BATCH },
      'oss: its prices are not known; by batch it is done by 2026-12-01 12:00 UTC at the latest instead of 2026-11-28 13:00 UTC online.',
    ],
    [{ online: { usd: 3, time } }, 'oss: of its provider no batch service is known.'],
  ] as const)('%j', (outlook, sentence) => {
    expect(choiceSentence(choiceOf(runOf(outlook)))).toBe(sentence)
  })

  it('has nothing to choose where everything is paid for', () => {
    const outlook = {
      online: { usd: 0, time: { ...time, seconds: 0 } },
      batch: { ...BATCH, usd: 0, files: 0, rounds: 0 },
    }
    expect(choiceSentence(choiceOf(runOf(outlook, { calls: 10, paidFor: 10 })))).toBe(
      'oss: every call is paid for, and nothing is left to ask.',
    )
  })
})

describe('engineTable', () => {
  it('names files and rounds, and says what is not known by an absent value', () => {
    const batch = { ...BATCH, files: 70, rounds: 2, hours: 48, hoursAtMost: 144 }
    const [row] = engineTable([choiceOf(runOf({ online: {}, batch }))], FROM.toISOString()).rows
    expect(row).toEqual({
      judge: 'oss',
      engine: 'online',
      onlineUsd: null,
      onlineTakes: null,
      onlineBy: null,
      batchUsd: null,
      batchTakes: '48 h at best, 144 h at most (70 files, 2 rounds)',
      batchBy: '2026-11-30 12:00 to 2026-12-04 12:00 UTC',
      cheaper: null,
    })
  })

  it('has no row of a judge without a choice', () => {
    const run = { judge: 'own', engine: 'vllm', calls: 10, paidFor: 0 } as unknown as RunOutlook
    expect(choicesOf({ judges: [run] } as unknown as StudyEstimate)).toEqual([])
  })
})

describe('the words of an estimate', () => {
  it('round spans and moments up, never down', () => {
    expect([0.2, 119, 121, 7199, 7201, 95_400].map(span)).toEqual([
      '1 s',
      '119 s',
      '3 min',
      '120 min',
      '2.1 h',
      '26.5 h',
    ])
    expect(moment('2026-11-28T23:59:00.001Z')).toBe('2026-11-29 00:00 UTC')
    expect(moment('2026-11-28T23:59:00.000Z')).toBe('2026-11-28 23:59 UTC')
    expect([9.9994, 12.345].map(money)).toEqual(['9.999', '12.35'])
  })
})
