import { describe, expect, it } from 'vitest'
import { PASTIMES, type Pastime } from '../../src/builtin/tables/pastimes.js'
import { hasPhrase, questionIn, rowsOf } from './committed.js'

type Aspect = Exclude<keyof Pastime, 'topic' | 'group'>

/** How a question about each aspect sounds; written down apart from the generator's questions. */
const SOUNDS: readonly (readonly [aspect: Aspect, sounds: RegExp])[] = [
  ['safety', /safe|dangerous|precaution/],
  ['upkeep', /look after|upkeep|finished with|take care/],
  ['mistake', /get wrong|mistake|error|goes wrong/],
  ['cost', /cost|pay|budget/],
  ['tools', /equipment|things should|at hand|kit/],
  ['time', /time|how long/i],
  ['place', /place|where should|spot/i],
  ['start', /started|first step|begin|do first/],
  ['benefit', /gain|good for|why should|get out of/i],
]

const PHRASES: readonly string[] = PASTIMES.flatMap(({ topic: _topic, group: _group, ...phrases }) =>
  Object.values(phrases),
)

/** What the table has to say on the question in the prompt. */
function phraseFor(prompt: string): string {
  const question = questionIn(prompt)
  const topics = PASTIMES.filter(({ topic }) => hasPhrase(question, topic))
  expect(topics, question).toHaveLength(1)
  const withoutTopic = question.replace(topics[0]!.topic, '')
  const aspect = SOUNDS.find(([, sounds]) => sounds.test(withoutTopic))![0]
  return topics[0]![aspect]
}

const statedIn = (text: string): string[] => PHRASES.filter((phrase) => hasPhrase(text, phrase))

/** Aspects so close that what is said on one could pass for an answer about the other. */
const CLOSE: readonly string[] = [
  'start/tools',
  'start/mistake',
  'start/place',
  'start/cost',
  'cost/tools',
  'tools/safety',
  'mistake/safety',
  'place/safety',
  'safety/upkeep',
]

const ROWS = rowsOf('Focus')

describe('Focus', () => {
  it('has a table in which no phrase is part of another', () => {
    const nested = PHRASES.filter((phrase, i) => PHRASES.some((other, j) => i !== j && hasPhrase(other, phrase)))
    expect(nested).toEqual([])
  })

  it('only the chosen answers what was asked, in every example', () => {
    for (const row of ROWS) {
      const phrase = phraseFor(row.prompt)
      expect(statedIn(row.chosen[0]!), row.id).toEqual([phrase])
      for (const rejected of row.rejected) expect(statedIn(rejected), rejected).not.toContain(phrase)
    }
  })

  it('keeps apart what could pass for an answer: no rejected response speaks of a close aspect of the same topic', () => {
    for (const row of ROWS) {
      const pastime = PASTIMES.find(({ topic }) => topic === row.metadata.topic)!
      const asked = SOUNDS.find(([aspect]) => pastime[aspect] === phraseFor(row.prompt))![0]
      const stated = new Set(row.rejected.flatMap(statedIn))
      const close = SOUNDS.map(([aspect]) => aspect).filter(
        (aspect) => CLOSE.includes(`${asked}/${aspect}`) || CLOSE.includes(`${aspect}/${asked}`),
      )
      expect(
        close.filter((aspect) => stated.has(pastime[aspect])),
        row.id,
      ).toEqual([])
    }
  })

  it('asks each question once', () => {
    const phrases = ROWS.map((row) => phraseFor(row.prompt))
    expect(new Set(phrases).size).toBe(phrases.length)
  })

  it('has rejected responses that name the topic and chosen ones that do not', () => {
    const names = (row: (typeof ROWS)[number], text: string): boolean => hasPhrase(text, String(row.metadata.topic))
    expect(ROWS.filter((row) => row.rejected.some((text) => names(row, text))).length).toBeGreaterThan(250)
    expect(ROWS.filter((row) => !names(row, row.chosen[0]!)).length).toBeGreaterThan(100)
  })
})
