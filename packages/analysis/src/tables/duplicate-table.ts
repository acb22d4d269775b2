import type { StudyResults } from '../results/study-results.js'
import type { Table } from '../table.js'
import { syntheticWords } from './synthetic-words.js'

/** What stands in the benchmark of a study more than once. */
export function duplicateTable(results: Pick<StudyResults, 'benchmark' | 'study'>): Table {
  const { prompts, responses, identicalSides } = results.benchmark.duplicates
  return {
    columns: [
      { key: 'what', label: 'Repeats an earlier one', kind: 'text' },
      { key: 'found', label: 'Found', kind: 'integer' },
      { key: 'of', label: 'Of', kind: 'integer' },
    ],
    rows: [
      { what: 'prompts, the same', found: prompts.exact, of: prompts.count },
      { what: 'prompts, nearly', found: prompts.near, of: prompts.count },
      { what: 'responses of five words or more, the same', found: responses.exact, of: responses.count },
      { what: 'examples with one response on both sides', found: identicalSides, of: results.benchmark.examples },
    ],
    caption: `What the benchmark holds twice, sides of the split aside. The same: but for letter case and white space. Nearly: Jaccard similarity of word 5-grams at least ${prompts.threshold}.${syntheticWords(results)}`,
  }
}
