import type { StudyResults } from '../results/study-results.js'
import type { Table } from '../table.js'
import { inRowOrder } from './judge-order.js'
import { intervalOf } from './judge-tables.js'
import { policyWords } from './policy-words.js'

/** Micro and macro average of every judge, and the benchmark's own score where the judge was asked as it asks. */
export function averageTable(results: StudyResults): Table {
  const { ties } = results.evaluation
  const known = results.judges.find(({ official }) => official.status === 'known')?.official
  const label = known?.protocol?.startsWith('pairwise') ? 'RewardBench' : 'RewardBench 2'
  return {
    columns: [
      { key: 'label', label: 'Judge', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'micro', label: 'Micro average', unit: '%', kind: 'interval' },
      { key: 'macro', label: 'Macro average', unit: '%', kind: 'interval' },
      ...(known ? ([{ key: 'official', label, unit: '%', kind: 'percent' }] as const) : []),
    ],
    rows: inRowOrder(results).map(({ label, accuracy, macro, official }) => ({
      label,
      n: accuracy[ties].n,
      micro: intervalOf(accuracy[ties]),
      macro:
        macro.value === null
          ? null
          : { value: macro.value, low: macro.low ?? Number.NaN, high: macro.high ?? Number.NaN },
      official: official.mean,
    })),
    caption: `Micro average: every comparison weighs the same. Macro average: every subset does, so that a small one counts as much as a large one; its interval joins those of the ${results.benchmark.subsets.filter(({ comparisons }) => comparisons > 0).length} subsets. ${officialWords(results)} ${policyWords(results)}`,
    missing: 'a subset without an accuracy, or not asked as the official score needs',
  }
}

const READING = 'Answers are read as the judge’s own prompt asks, not by the official parser.'

const BOTH_ORDERS =
  'Its code asks each pair once, in an order drawn at random; here both orders were asked, and a pair earns the mean of the two. '

/** Why there is no official score, or of what it is. */
function officialWords({ judges }: StudyResults): string {
  const statuses = new Set(judges.map(({ official }) => official.status))
  const pairwise = judges.find(({ official }) => official.protocol?.startsWith('pairwise'))?.official.protocol
  if (pairwise !== undefined)
    return `RewardBench: the official score, the mean of its four sections, each the mean of its subsets by their weights, as its own code counts; prior sets, where there are any, weigh half a section. ${pairwise === 'pairwise' ? '' : BOTH_ORDERS}${READING}`
  if (statuses.has('not asked in pairs'))
    return 'RewardBench’s official score needs answers in pairs (mode: pairwise); these judges were asked in another way.'
  if (statuses.has('known'))
    return `RewardBench 2: the official score, the mean of its six subsets, as its own code counts. ${READING}`
  if (statuses.has('another benchmark')) return 'RewardBench 2’s official score belongs to another benchmark.'
  if (statuses.has('not every response was rated'))
    return 'RewardBench 2’s official score needs ratings of every response (comparisons: all).'
  if (statuses.has('not asked once among four'))
    return 'RewardBench 2’s official score needs one answer among four responses an example; these judges were asked for more (orders: first asks once).'
  return 'RewardBench 2’s official score needs one answer among four, or ratings of every response; these judges were asked in pairs.'
}
