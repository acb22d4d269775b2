import { splitByField } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { exampleOf } from '../support/drawn-examples.js'

const examples = [
  exampleOf('a', 'Math', 'a?', { year: 2023, from: { site: 'north' } }),
  exampleOf('b', 'Focus', 'b?', { year: 2024, from: { site: 'south' } }),
  exampleOf('c', 'Math', 'c?', { year: '2024', 'from.site': 'north' }),
  exampleOf('d', 'Safety', 'd?', { year: 2025, from: 'nowhere' }),
  exampleOf('e', 'Safety', 'e?', {}),
]

describe('splitByField', () => {
  it('goes by the value as text; all other values train, and an example without the field is on neither side', () => {
    expect(splitByField(examples, { field: 'year', test: ['2024'] })).toEqual({ train: [0, 3], test: [1, 2] })
  })

  it('trains on the values named, where they are', () => {
    expect(splitByField(examples, { field: 'year', test: ['2024'], train: ['2023'] })).toEqual({
      train: [0],
      test: [1, 2],
    })
  })

  it('finds a field inside another, and one whose own name has a dot', () => {
    expect(splitByField(examples, { field: 'from.site', test: ['north'] })).toEqual({ train: [1], test: [0, 2] })
  })

  it('knows the subset as a field', () => {
    expect(splitByField(examples, { field: 'subset', test: ['Safety'] })).toEqual({ train: [0, 1, 2], test: [3, 4] })
  })

  it('refuses a value that no example has, naming some that there are, and a side without examples', () => {
    expect(() => splitByField(examples, { field: 'year', test: ['2026'] })).toThrow(
      'split.test: expected a value of field "year" (2023, 2024, 2025), found "2026"',
    )
    expect(() => splitByField(examples, { field: 'subset', test: ['Safty'] })).toThrow(
      'found "Safty" (did you mean "Safety"?)',
    )
    expect(() => splitByField(examples, { field: 'yaer', test: ['2024'] })).toThrow(
      'split.test: expected a value of field "yaer" (which no example has), found "2024"',
    )
    expect(() => splitByField(examples, { field: 'year', test: ['2024'], train: ['2O23'] })).toThrow('split.train: ')
    expect(() => splitByField(examples, { field: 'year', test: ['2023', '2024', '2025'] })).toThrow(
      'split.test: expected examples for training',
    )
  })
})
