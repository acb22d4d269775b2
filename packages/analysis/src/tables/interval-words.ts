import type { Accuracy } from '../accuracy.js'
import type { PairedResult } from '../contrast.js'
import type { IntervalStatus } from '../interval-by-prompt.js'
import type { OrderCounts } from '../orders.js'
import type { StudyResults } from '../results/study-results.js'
import type { Column } from '../table.js'

/** What a caption says of values that stand without an interval; nothing where all have one. */
export function withoutInterval(statuses: readonly IntervalStatus[]): string {
  const reasons = [
    ...(statuses.includes('too few prompts') ? ['there are too few prompts for one'] : []),
    ...(statuses.includes('stopped early') ? ['the judging was stopped early, so that none for a fixed n holds'] : []),
    ...(statuses.includes('no spread') ? ['every prompt says the same (no spread)'] : []),
  ]
  return reasons.length === 0 ? '' : ` A value without an interval: ${reasons.join(', or ')}.`
}

/** What a caption says where every interval and p that supposes a fixed n is left out; nothing in other studies. */
export function stoppedWords({ stopped }: Pick<StudyResults, 'stopped'>): string {
  return stopped === null
    ? ''
    : ' The judging was stopped early: no interval and no p for a fixed n holds, so none is given.'
}

const METHOD_WORDS: Readonly<Record<Accuracy['method'], string>> = {
  wilson: 'Wilson’s',
  'bootstrap by prompt': 'a bootstrap over prompts',
  none: 'none',
}

/** How the intervals of some accuracies were made: `Wilson’s`, `Wilson’s or a bootstrap over prompts`. */
export function methodWords(accuracies: readonly Accuracy[]): string {
  const methods = [...new Set(accuracies.map(({ method }) => method))]
  const made = methods.filter((method) => method !== 'none')
  return (made.length > 0 ? made : methods).map((method) => METHOD_WORDS[method]).join(' or ')
}

interface Tested {
  readonly test: PairedResult['test'] | OrderCounts['positionTest']
}

/** A column that names the test of each row, where they are not all the same; else the caption names it. */
export function testColumn(results: readonly Tested[]): Column[] {
  return testsOf(results).length > 1 ? [{ key: 'test', label: 'Test', kind: 'text' }] : []
}

/** The test behind the column p, for a caption. */
export function testCaption(results: readonly Tested[]): string {
  const [test, ...others] = testsOf(results)
  if (test === undefined) return ''
  return others.length > 0 ? ' p by the test that each row names.' : ` p: ${test}.`
}

function testsOf(results: readonly Tested[]): string[] {
  return [...new Set(results.map(({ test }) => test))].filter((test) => test !== 'none')
}

/** The test of one row, as a cell shows it. */
export function testCell({ test }: Tested): string | null {
  return test === 'none' ? null : test
}
