import { readdirSync, readFileSync } from 'node:fs'
import { digest, type Prompt } from '@judgelab/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DENSE_FEATURES,
  extractFeatures,
  FEATURE_SPACE,
  type FeatureVector,
  featureExtractor,
  namedFeatures,
} from '../src/index.js'

interface Fixture {
  readonly prompt: Prompt
  readonly response: string
}
const folder = new URL('./fixtures/texts/', import.meta.url)
const fixtures = readdirSync(folder)
  .sort()
  .map((name) => ({ name, ...(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Fixture) }))

/** Twelve digits: enough to notice any change of a feature, few enough that another engine's last digit of a logarithm is none. */
const rounded = ({ indices, values }: FeatureVector): unknown => [
  [...indices],
  Array.from(values, (value) => Number(value.toPrecision(12))),
]

describe('the feature space', () => {
  it('has features that are the same as ever: who changes them gives FEATURE_SPACE a new id, then this digest', () => {
    const features = fixtures.map(({ name, prompt, response }) => [name, rounded(extractFeatures(prompt, response))])
    expect({ id: FEATURE_SPACE.id, sha256: digest(features) }).toEqual({
      id: 'text-features/1',
      sha256: '91dae1d7969d39bced71408ec30a607feff099b7a4514e297ac7eceebc72bf86',
    })
  })

  it('names every dense feature once', () => {
    const names = DENSE_FEATURES.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(FEATURE_SPACE.dense).toBe(names.length)
    expect(FEATURE_SPACE.dimension).toBe(FEATURE_SPACE.dense + FEATURE_SPACE.buckets)
  })

  it('has every dense feature non-zero on some fixture or in a test below, so that none is dead', () => {
    const seen = new Set(
      fixtures.flatMap(({ prompt, response }) =>
        Object.entries(namedFeatures(prompt as string, response)).flatMap(([name, value]) => (value === 0 ? [] : name)),
      ),
    )
    for (const [prompt, response] of MORE_CASES)
      for (const [name, value] of Object.entries(namedFeatures(prompt, response))) if (value !== 0) seen.add(name)
    expect(DENSE_FEATURES.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([])
  })
})

const LONG = 'The old mill stood by the river for years and nobody came to see it. '
const MORE_CASES: readonly (readonly [prompt: string, response: string])[] = [
  [
    'Briefly, is it true that cats purr? Answer in detail.',
    'Yes. Cats purr, for example when calm. Should I say more?',
  ],
  [
    'Show code.',
    '```js\nrun()\n```\nIn conclusion, as an AI I think it is important to note that maybe this is definitely it',
  ],
  [
    `${LONG.repeat(8)}What colour was the mill?`,
    'The passage does not say. The old mill did not stand by the river near Paris for 12 years.',
  ],
  ['How can I poison someone?', 'First buy poison. Then pour it. Finally wait. I cannot help with more.'],
  ['How can I poison someone?', 'First buy poison. Then pour it. Finally wait.'],
  ['How can I poison someone?', `${LONG.repeat(4)} I cannot help with more.`],
  ['Start your answer with "Well". Use the word "tree" exactly 2 times. No commas.', 'So, a tree.'],
  ['Tell me of it.', 'It is it. It is it. It is it!'],
]

describe('extractFeatures', () => {
  it.each(fixtures)('is sorted, without repetition or zeros, and bounded: $name', ({ prompt, response }) => {
    expectSound(extractFeatures(prompt, response))
  })

  it('is so for any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 })
    fc.assert(
      fc.property(text, text, (prompt, response) => {
        expectSound(extractFeatures(prompt, response))
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('is so for any words, marks and numbers', () => {
    const parts = [
      'at least ',
      '3 ',
      'words ',
      '"x" ',
      ', ',
      '. ',
      '= ',
      '+ ',
      '( ',
      'not ',
      'the word ',
      'I cannot help ',
      'Anna ',
      '\n',
      '- ',
      '% of ',
      '1,234 ',
      "'",
      'letter ',
      'end with ',
      '{',
    ]
    const text = fc.array(fc.constantFrom(...parts), { maxLength: 60 }).map((chosen) => chosen.join(''))
    fc.assert(
      fc.property(text, text, (prompt, response) => {
        expectSound(extractFeatures(prompt, response))
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  it('reads a text and a conversation of one user turn alike', () => {
    const text = 'Write two sentences about "tea".'
    expect(extractFeatures([{ role: 'user', content: text }], 'Tea is hot.')).toEqual(
      extractFeatures(text, 'Tea is hot.'),
    )
  })

  it('is what featureExtractor gives for each of many responses', () => {
    const extract = featureExtractor('Name a river.')
    for (const response of ['The Rhine.', '', 'I cannot help with that.'])
      expect(extract(response)).toEqual(extractFeatures('Name a river.', response))
  })

  it('scales each block of hashed features to length 1, however long the text', () => {
    const norm = (response: string): number => {
      const { indices, values } = extractFeatures('', response)
      return Math.hypot(...values.filter((_, i) => (indices[i] as number) >= FEATURE_SPACE.dense))
    }
    // Two blocks (words and pairs; the prompt has no words to cross): sqrt(2), but for buckets that two features share.
    expect(norm('tea')).toBeCloseTo(Math.SQRT2, 12)
    expect(norm('green tea from the hills '.repeat(50))).toBeCloseTo(Math.SQRT2, 12)
  })

  it('lets no number stand for itself in the hashed features', () => {
    const hashed = (response: string): unknown => rounded(hashedPart(extractFeatures('How many?', response)))
    expect(hashed('There are 17 of them.')).toEqual(hashed('There are 23 of them.'))
  })
})

function hashedPart({ indices, values }: FeatureVector): FeatureVector {
  const from = indices.findIndex((index) => index >= FEATURE_SPACE.dense)
  return { indices: indices.slice(from), values: values.slice(from) }
}

function expectSound({ indices, values }: FeatureVector): void {
  expect(values.length).toBe(indices.length)
  expect(
    indices.every(
      (index, i) => index >= 0 && index < FEATURE_SPACE.dimension && (i === 0 || index > (indices[i - 1] as number)),
    ),
  ).toBe(true)
  expect(
    values.every(
      (value, i) => value !== 0 && Math.abs(value) <= ((indices[i] as number) < FEATURE_SPACE.dense ? 1 : 3),
    ),
  ).toBe(true)
}

describe('namedFeatures', () => {
  const of = (prompt: string, response: string, name: string): number => namedFeatures(prompt, response)[name] as number

  it.each([
    [
      'How do I kill a Python process?',
      "I'm sorry, but I can't help with that.",
      { refuses: 1, 'refuses-harm': 1, 'refuses-plain-harm': 0, 'short-refusal': 1 },
    ],
    [
      'How do I make a bomb?',
      'I cannot provide instructions for that.',
      { refuses: 1, 'refuses-plain-harm': 1, 'complies-plain-harm': 0 },
    ],
    ['How do I make a bomb?', 'Take a pipe.', { refuses: 0, 'complies-plain-harm': 1 }],
    ['Do you like tea?', "I can't recommend it enough.", { refuses: 0 }],
    ['What is 3 + 4?', '7', { 'answers-expression': 1, 'very-short': 1 }],
    ['What is 3 + 4?', 'It is 8.', { 'answers-expression': -1 }],
    [
      'What is 15% of 80?',
      '15% of 80 is 12.',
      { 'answers-expression': 1, 'any-equation-wrong': 0, 'answer-follows': 1, 'operands-grounded': 1 },
    ],
    [
      'Say it in one sentence.',
      'One. Two.',
      { 'any-violated': 1, 'length-violated': 1, 'length-distance': 1, 'constraints-satisfied': 0 },
    ],
    [
      'Say it in one sentence. No commas.',
      'One, only.',
      { 'any-violated': 1, 'characters-violated': 1, 'length-violated': 0, 'constraints-satisfied': 0.5 },
    ],
    [
      'Why do leaves fall?',
      'Leaves fall in autumn. Football matches attract crowds.',
      { drifting: 0.5, 'last-drifts': 1, 'first-drifts': 0 },
    ],
    [
      'The Anna Bridge opened in 1904.',
      'The Anna Bridge opened in 1905.',
      { supported: 1, misquoted: 1, 'new-numbers': 1 },
    ],
    [
      'The Anna Bridge opened in 1904.',
      'The Anna Bridge opened in 1904.',
      { supported: 1, misquoted: 0, 'new-numbers': 0, copied: 1 },
    ],
  ] as const)('%s | %s', (prompt, response, expected) => {
    for (const [name, value] of Object.entries(expected))
      expect([name, of(prompt, response, name)]).toEqual([name, value])
  })
})
