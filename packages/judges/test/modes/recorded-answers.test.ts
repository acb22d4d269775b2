import { readdirSync, readFileSync } from 'node:fs'
import type { Asking, Mode, Outcome } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { type Question, readAnswer, type TokenLogprob } from '../../src/index.js'
import { asking } from './shown.js'

const FOLDER = new URL('../fixtures/answers/', import.meta.url)

/** One recorded answer: how it was asked for, what was answered, and what it must be read as. */
interface Recorded {
  readonly what: string
  readonly mode: Mode
  /** What differs from a label, with ties, from 1 to 10, helpful or unhelpful. */
  readonly asking?: Partial<Asking>
  readonly slots?: number
  readonly official?: boolean
  readonly text: string
  readonly firstTokenTop?: readonly TokenLogprob[]
  readonly expected: Outcome
}

const files = readdirSync(FOLDER)

function recordedIn(file: string): Recorded {
  const text = readFileSync(new URL(file, FOLDER), 'utf8')
  if (file.endsWith('.json')) return JSON.parse(text) as Recorded
  const [, head = '', answer] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? []
  return { ...(parseYaml(head) as Omit<Recorded, 'text'>), text: answer as string }
}

function questionOf({ mode, asking: asked = {}, slots }: Recorded): Question {
  const scale = mode === 'rating' ? { scale: { min: 1, max: 10 } } : {}
  const classes = mode === 'classify' ? { classes: ['helpful', 'unhelpful'] } : {}
  const slotCount = slots ?? (mode === 'pairwise' ? 2 : 1)
  return { mode, asking: asking({ ...scale, ...classes, ...asked }), slotCount }
}

describe('recorded answers', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThanOrEqual(60)
  })

  it.each(files.map((file) => ({ file, ...recordedIn(file) })))('$file: $what', (recorded) => {
    const { asking: asked } = questionOf(recorded)
    const outcome = readAnswer(recorded, questionOf(recorded), {
      output: [recorded.official === true ? 'official' : asked.decision],
    })
    const { expected } = recorded
    if (expected.kind === 'choice' && expected.probabilities !== undefined) {
      expect(outcome).toMatchObject({ kind: 'choice', slot: expected.slot })
      const { probabilities = [] } = outcome as typeof expected
      expect(probabilities).toHaveLength(expected.probabilities.length)
      probabilities.forEach((value, slot) => {
        expect(value).toBeCloseTo(expected.probabilities?.[slot] as number, 12) // sums in another order
      })
    } else expect(outcome).toEqual(expected)
  })
})
