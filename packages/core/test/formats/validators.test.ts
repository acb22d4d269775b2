import {
  DatasetFormatError,
  parseExample,
  parseJudgment,
  parseModelRegistry,
  parsePreferencePair,
  parseRunManifest,
  type Where,
} from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { GOOD_EXAMPLE, GOOD_JUDGMENT, GOOD_MANIFEST, GOOD_PAIR, GOOD_REGISTRY } from '../support/good-values.js'

const WHERE = { file: 'data.jsonl', line: 7 }

/** The path to change, what to put there (undefined removes it), the field that the error names, and its text. */
type Bad = readonly [path: string, value: unknown, field: string, message: string]

interface Format {
  readonly name: string
  readonly parse: (value: unknown, where: Where) => unknown
  readonly good: object
  readonly versionField: string
  /** Fields that may be absent. */
  readonly optional: readonly string[]
  readonly bad: readonly Bad[]
}

const AT = '2026-02-02T12:00:00.000Z'
const CHOICE = { kind: 'choice', slot: 0 }
const RATING = { kind: 'rating', value: 7, scale: { min: 1, max: 10 } }

const FORMATS: readonly Format[] = [
  {
    name: 'parseExample',
    parse: parseExample,
    good: GOOD_EXAMPLE,
    versionField: 'v',
    optional: ['responses.0.model'],
    bad: [
      ['id', '', 'id', 'expected a text of length at least 1, found ""'],
      ['id', 3, 'id', 'expected a text, found 3'],
      ['subset', undefined, 'subset', 'expected a text, found nothing'],
      ['prompt', 3, 'prompt', 'expected a text or a list, found 3'],
      ['prompt', [], 'prompt', 'expected a list of length at least 1, found []'],
      [
        'prompt.1.role',
        'usr',
        'prompt.1.role',
        'expected one of system, user, assistant, found "usr" (did you mean "user"?)',
      ],
      ['prompt.0.content', null, 'prompt.0.content', 'expected a text, found null'],
      ['responses', [{ text: '4' }], 'responses', 'expected a list of length at least 2, found [{"text":"4"}]'],
      ['responses.1.text', undefined, 'responses.1.text', 'expected a text, found nothing'],
      ['responses.1.score', 1, 'responses.1.score', 'unknown field "score"'],
      ['chosen', [], 'chosen', 'expected a list of length at least 1, found []'],
      ['chosen', [3], 'chosen.0', 'expected an index below 3, the number of responses, found 3'],
      ['chosen', [2, 0], 'chosen.1', 'expected ascending indices without repetition, found 0 after 2'],
      ['chosen', [0, 0], 'chosen.1', 'expected ascending indices without repetition, found 0 after 0'],
      ['chosen', [-1], 'chosen.0', 'expected a number at least 0, found -1'],
      ['chosen', [0.5], 'chosen.0', 'expected an integer, found 0.5'],
      ['metadata', [], 'metadata', 'expected an object, found []'],
      ['label', 1, 'label', 'unknown field "label"'],
    ],
  },
  {
    name: 'parseJudgment',
    parse: parseJudgment,
    good: GOOD_JUDGMENT,
    versionField: 'v',
    optional: ['comparisonId', 'raw', 'reasoning', 'usage', 'outcome.strength', 'outcome.probabilities'],
    bad: [
      ['presentationId', undefined, 'presentationId', 'expected a text, found nothing'],
      [
        'mode',
        'pairwize',
        'mode',
        'expected one of pairwise, best-of-n, rating, classify, found "pairwize" (did you mean "pairwise"?)',
      ],
      ['slots', [0], 'slots', 'expected 2 slots for pairwise, found 1'],
      ['slots', [0, 1, 2], 'slots', 'expected 2 slots for pairwise, found 3'],
      ['slots', [0, -1], 'slots.1', 'expected a number at least 0, found -1'],
      ['repeat', 'once', 'repeat', 'expected a number, found "once"'],
      ['outcome', 'A', 'outcome', 'expected an object, found "A"'],
      [
        'outcome.kind',
        'choise',
        'outcome.kind',
        'expected one of choice, rating, class, failed, found "choise" (did you mean "choice"?)',
      ],
      ['outcome', { kind: 'choice' }, 'outcome.slot', 'expected a number or "tie", found nothing'],
      ['outcome', { ...CHOICE, slot: 'draw' }, 'outcome.slot', 'expected a number or "tie", found "draw"'],
      ['outcome', { ...CHOICE, slot: 2 }, 'outcome.slot', 'expected a slot below 2, or tie, found 2'],
      ['outcome', { ...CHOICE, slot: -1 }, 'outcome.slot', 'expected a number at least 0, found -1'],
      ['outcome', { ...CHOICE, strength: 'mild' }, 'outcome.strength', 'expected one of slight, strong, found "mild"'],
      [
        'outcome',
        { ...CHOICE, probabilities: [1] },
        'outcome.probabilities',
        'expected 2 probabilities, one a slot, found 1',
      ],
      [
        'outcome',
        { ...CHOICE, probabilities: [0.5, 1.5] },
        'outcome.probabilities.1',
        'expected a number at most 1, found 1.5',
      ],
      ['outcome', { ...RATING, value: 11 }, 'outcome.value', 'expected a rating between 1 and 10, found 11'],
      ['outcome', { ...RATING, value: null }, 'outcome.value', 'expected a number, found null'],
      [
        'outcome',
        { ...RATING, scale: { min: 5, max: 5 } },
        'outcome.scale',
        'expected min below max, found min 5 and max 5',
      ],
      ['outcome', { kind: 'class', label: 'c', labels: ['a', 'b'] }, 'outcome.label', 'expected one of a, b, found c'],
      [
        'outcome',
        { kind: 'class', label: 'a', labels: ['a'] },
        'outcome.labels',
        'expected a list of length at least 2, found ["a"]',
      ],
      [
        'outcome',
        { kind: 'failed', reason: 'none' },
        'outcome.reason',
        'expected one of unparsed, length, refused, content-filter, timeout, error, not-recorded, found "none"',
      ],
      ['usage.inputTokens', 1.5, 'usage.inputTokens', 'expected an integer, found 1.5'],
      ['latencyMs', -1, 'latencyMs', 'expected a number at least 0, found -1'],
      ['latencyMs', null, 'latencyMs', 'expected a number, found null'],
      ['at', 'yesterday', 'at', 'expected a time in ISO 8601, UTC, as 2026-02-02T12:00:00Z, found "yesterday"'],
      ['score', 1, 'score', 'unknown field "score"'],
    ],
  },
  {
    name: 'parsePreferencePair',
    parse: parsePreferencePair,
    good: GOOD_PAIR,
    versionField: 'v',
    optional: ['weight'],
    bad: [
      ['id', undefined, 'id', 'expected a text, found nothing'],
      ['input', [], 'input', 'expected a list of length at least 1, found []'],
      ['input', 'text', 'input', 'expected a list, found "text"'],
      ['input.0.role', 'assistant', 'input', 'expected a last turn that is not the assistant’s, found the assistant’s'],
      ['preferred', null, 'preferred', 'expected a text, found null'],
      ['nonPreferred', ['5'], 'nonPreferred', 'expected a text, found ["5"]'],
      ['weight', 0, 'weight', 'expected a number above 0, found 0'],
      [
        'origin.strategy',
        'answers',
        'origin.strategy',
        'expected one of responses, verdicts, critiques, found "answers"',
      ],
      ['origin.subset', undefined, 'origin.subset', 'expected a text, found nothing'],
    ],
  },
  {
    name: 'parseRunManifest',
    parse: parseRunManifest,
    good: GOOD_MANIFEST,
    versionField: 'formatVersion',
    optional: ['judge.prompt', 'judge.weights'],
    bad: [
      ['runId', '', 'runId', 'expected a text of length at least 1, found ""'],
      [
        'judge.provider',
        'togehter',
        'judge.provider',
        'expected one of local, replay, openai, together, openai-compatible, together-evals, found "togehter" (did you mean "together"?)',
      ],
      ['judge.settings.list', [1], 'judge.settings.list', 'expected a text or a number or true or false, found [1]'],
      ['judge.id', undefined, 'judge.id', 'expected a text, found nothing'],
      ['promptSha256', undefined, 'promptSha256', 'expected a text, found nothing'],
      ['dataset.synthetic', 'yes', 'dataset.synthetic', 'expected true or false, found "yes"'],
      ['dataset.examples', -1, 'dataset.examples', 'expected a number at least 0, found -1'],
      ['presentations.count', 1.5, 'presentations.count', 'expected an integer, found 1.5'],
      ['completedAt', undefined, 'completedAt', 'expected a text, found nothing'],
      ['git', 'abc', 'git', 'expected an object, found "abc"'],
      [
        'endpoint',
        { hardware: 'h100', replicas: 1, inactiveMinutes: 10, usdPerMinute: null, sessions: [{ stoppedAt: AT }] },
        'endpoint.sessions.0.startedAt',
        'expected a text, found nothing',
      ],
      [
        'endpoint',
        { hardware: 'h100', replicas: 1, inactiveMinutes: 10, usdPerMinute: -1, sessions: [{ startedAt: AT }] },
        'endpoint.usdPerMinute',
        'expected a number at least 0, found -1',
      ],
    ],
  },
  {
    name: 'parseModelRegistry',
    parse: parseModelRegistry,
    good: GOOD_REGISTRY,
    versionField: 'formatVersion',
    optional: [
      'models.0.context',
      'models.0.prices.cachedInput',
      'models.0.speed',
      'models.0.thinking',
      'models.0.refuses',
      'models.0.notes',
    ],
    bad: [
      ['models', {}, 'models', 'expected a list, found {}'],
      ['models.0.provider', 'openrouter', 'models.0.provider', 'expected one of openai, together, found "openrouter"'],
      ['models.0.prices.input.value', 0, 'models.0.prices.input.value', 'expected a number above 0, found 0'],
      [
        'models.0.prices.input.source',
        '',
        'models.0.prices.input.source',
        'expected a text of length at least 1, found ""',
      ],
      [
        'models.0.prices.input.date',
        '2.2.2026',
        'models.0.prices.input.date',
        'expected a date, as 2026-02-02, found "2.2.2026"',
      ],
      ['models.0.speed.date', undefined, 'models.0.speed.date', 'expected a text, found nothing'],
      ['models.0.thinking', true, 'models.0.thinking', 'expected an object, found true'],
      ['models.0.refuses.source', undefined, 'models.0.refuses.source', 'expected a text, found nothing'],
      ['models.1.provider', 'openai', 'models.1.name', 'expected a name that openai has once, found "m" a second time'],
    ],
  },
]

describe.each(FORMATS)('$name', ({ parse, good, versionField, optional, bad }) => {
  it('gives back a good value unchanged', () => {
    expect(parse(good, WHERE)).toEqual(good)
  })

  it.each(optional)('does without %s', (path) => {
    const value = changed(good, path, undefined)
    expect(parse(value, WHERE)).toEqual(value)
  })

  it.each(bad)('refuses %s = %j', (path, value, field, message) => {
    const failure = failureOf(() => parse(changed(good, path, value), WHERE))
    expect(failure.message).toBe(`data.jsonl:7: ${field}: ${message}`)
    expect(failure).toMatchObject({ file: 'data.jsonl', line: 7, field })
    expect(failure.cause).toBeInstanceOf(Error)
  })

  it('refuses what is no object', () => {
    for (const value of [null, 3, 'text', []])
      expect(failureOf(() => parse(value, WHERE)).message).toBe(
        `data.jsonl:7: expected an object, found ${JSON.stringify(value)}`,
      )
  })

  it('refuses a newer version before anything else, and says that nothing was changed', () => {
    const newer = { [versionField]: 2, everything: 'else is different' }
    expect(failureOf(() => parse(newer, WHERE)).message).toBe(
      `data.jsonl:7: ${versionField}: written by a newer judgelab: format version 2, this one reads up to 1; nothing was changed`,
    )
  })

  it.each([0, '1', null, undefined])('refuses version %j', (version) => {
    const failure = failureOf(() => parse(changed(good, versionField, version), WHERE))
    const found = version === undefined ? 'nothing' : JSON.stringify(version)
    expect(failure.message).toBe(`data.jsonl:7: ${versionField}: expected 1, found ${found}`)
  })

  it('names no line where the file is one value', () => {
    expect(failureOf(() => parse([], { file: 'data.json' })).message).toMatch(/^data\.json: expected an object/)
  })
})

describe('parseJudgment', () => {
  it.each([
    ['a tie', 'pairwise', [1, 0], { kind: 'choice', slot: 'tie' }],
    ['a choice among four', 'best-of-n', [3, 0, 2, 1], { kind: 'choice', slot: 3 }],
    ['a rating at the end of its scale', 'rating', [2], { ...RATING, value: 10 }],
    ['a class', 'classify', [0], { kind: 'class', label: 'b', labels: ['a', 'b'] }],
    ['a failure with its detail', 'pairwise', [0, 1], { kind: 'failed', reason: 'timeout', detail: 'after 60 s' }],
  ])('takes %s', (_, mode, slots, outcome) => {
    const judgment = { ...GOOD_JUDGMENT, mode, slots, outcome }
    expect(parseJudgment(judgment, WHERE)).toEqual(judgment)
  })

  it('cuts a long value that it shows', () => {
    const failure = failureOf(() => parseJudgment({ ...GOOD_JUDGMENT, latencyMs: 'x'.repeat(1000) }, WHERE))
    expect(failure.message.length).toBeLessThan(120)
  })
})

/** A deep copy with one path set, or removed when the value is undefined. */
function changed(good: object, path: string, value: unknown): unknown {
  const copy = structuredClone(good) as Record<string, unknown>
  const steps = path.split('.')
  const last = steps.pop() as string
  const holder = steps.reduce((held, step) => held[step] as Record<string, unknown>, copy)
  if (value === undefined) delete holder[last]
  else holder[last] = value
  return copy
}

function failureOf(work: () => unknown): DatasetFormatError {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(DatasetFormatError)
    return error as DatasetFormatError
  }
  throw new Error('expected an error, found none')
}
