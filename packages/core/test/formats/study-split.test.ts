import { type ConfigError, parseStudy, type StudySplit } from '@judgelab/core'
import { describe, expect, it } from 'vitest'

/** A study whose line 6 is the split, and whose line 7 is what comes after. */
function studyWith(split: string, ...lines: readonly string[]): string {
  return [
    'version: 1',
    'name: small',
    'title: A small study',
    'question: Is it small?',
    'benchmark: { source: builtin }',
    `split: ${split}`,
    ...lines,
    'judges:',
    '  - { name: linear, provider: local, model: linear }',
    '',
  ].join('\n')
}

function failureOf(text: string): ConfigError {
  try {
    parseStudy(text, 's.yaml')
  } catch (error) {
    return error as ConfigError
  }
  throw new Error('parseStudy took it')
}

describe('the split of a study', () => {
  it.each<[string, StudySplit]>([
    ['{ method: together-2026 }', { method: 'together-2026', seed: 42, trainSize: 1500, testSize: 300 }],
    ['{ method: grouped }', { method: 'grouped', seed: 42 }],
    ['{ method: grouped, share: 0.3, seed: 7 }', { method: 'grouped', seed: 7, share: 0.3 }],
    [
      '{ method: grouped, testSize: 30, trainSize: 100 }',
      { method: 'grouped', seed: 42, testSize: 30, trainSize: 100 },
    ],
    ['{ method: k-fold }', { method: 'k-fold', seed: 42, folds: 5, fold: 1 }],
    ['{ method: k-fold, folds: 10, fold: 10, seed: 1 }', { method: 'k-fold', seed: 1, folds: 10, fold: 10 }],
    [
      '{ method: by-field, field: year, test: [2024, true, a] }',
      { method: 'by-field', field: 'year', test: ['2024', 'true', 'a'] },
    ],
    [
      '{ method: by-field, field: a.b, test: [x], train: [y, z] }',
      { method: 'by-field', field: 'a.b', test: ['x'], train: ['y', 'z'] },
    ],
  ])('%s', (text, split) => {
    expect(parseStudy(studyWith(text), 's.yaml').split).toEqual(split)
  })

  it.each([
    [
      '{ method: groupd }',
      'groupd',
      'split.method: expected one of together-2026, grouped, k-fold, by-field, none, found "groupd" (did you mean "grouped"?)',
    ],
    ['{ seed: 1 }', '{', 'split.method: expected one of together-2026, grouped, k-fold, by-field, none, found nothing'],
    ['{ method: grouped, share: 1 }', '1 }', 'split.share: expected a number below 1, found 1'],
    ['{ method: grouped, sharr: 0.2 }', 'sharr', 'split.sharr: unknown field "sharr" (did you mean "share"?)'],
    ['{ method: grouped, share: 0.2, testSize: 9 }', '0.2', 'split.share: expected a share or sizes, found both'],
    ['{ method: grouped, trainSize: 9 }', '9 }', 'split.trainSize: expected `testSize:` beside it, found nothing'],
    ['{ method: k-fold, folds: 1 }', '1 }', 'split.folds: expected a number at least 2, found 1'],
    ['{ method: k-fold, folds: 3, fold: 4 }', '4 }', 'split.fold: expected at most 3, the folds, found 4'],
    ['{ method: by-field, test: [a] }', '{', 'split.field: expected a text, found nothing'],
    ['{ method: by-field, field: f, test: [] }', '[]', 'split.test: expected a list of length at least 1, found []'],
    [
      '{ method: by-field, field: f, test: [a, b], train: [b] }',
      '[b]',
      'split.train: expected other values than on the test side, found b',
    ],
    ['{ method: k-fold, trainSize: 3 }', 'trainSize', 'split.trainSize: unknown field "trainSize"'],
  ])('%s is told at %s: %s', (text, at, message) => {
    const failure = failureOf(studyWith(text))
    expect(failure.path).toBe(`s.yaml:6:${`split: ${text}`.indexOf(at) + 1}`)
    expect(failure.message).toContain(message)
  })
})

describe('the audit of a study', () => {
  it('is absent where nothing is said; stops nothing unless it is a gate', () => {
    const audit = (...lines: readonly string[]) =>
      parseStudy(studyWith('{ method: grouped }', ...lines), 's.yaml').audit
    expect(audit()).toBeUndefined()
    expect(audit('audit: {}')).toEqual({ gate: false, nearDuplicates: 0.6 })
    expect(audit('audit: { gate: true, nearDuplicates: 0.8 }')).toEqual({ gate: true, nearDuplicates: 0.8 })
  })

  it.each([
    ['audit: { gate: yes please }', 'yes', 'audit.gate: expected true or false, found "yes please"'],
    ['audit: { nearDuplicates: 60 }', '60', 'audit.nearDuplicates: expected a number at most 1, found 60'],
    [
      'audit: { nearDuplicate: 0.6 }',
      'nearDuplicate',
      'audit.nearDuplicate: unknown field "nearDuplicate" (did you mean "nearDuplicates"?)',
    ],
  ])('%s is told at %s: %s', (line, at, message) => {
    const failure = failureOf(studyWith('{ method: grouped }', line))
    expect(failure.path).toBe(`s.yaml:7:${line.indexOf(at) + 1}`)
    expect(failure.message).toContain(message)
  })
})
