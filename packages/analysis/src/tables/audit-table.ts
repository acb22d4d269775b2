import type { AuditFinding, AuditReport } from '@judgelab/datasets'
import type { Table } from '../table.js'

/** What an audit found, one row a check. `caption` says of what. */
export function auditTable({ findings, nearDuplicates }: AuditReport, caption: string): Table {
  return {
    columns: [
      { key: 'name', label: 'Check', kind: 'text' },
      { key: 'verdict', label: 'Verdict', kind: 'text' },
      { key: 'found', label: 'Found', kind: 'integer' },
      { key: 'of', label: 'Of', kind: 'integer' },
      { key: 'what', label: 'Counted', kind: 'text' },
    ],
    rows: findings.map(({ name, verdict, counts }) => ({
      name,
      verdict,
      found: counts.found,
      of: counts.of ?? counts.subsets,
      what: COUNTED[name],
    })),
    caption: `${caption} Near duplicates: Jaccard similarity of word 5-grams at least ${nearDuplicates}.`,
  }
}

/** What the numbers of a check count. */
const COUNTED: Readonly<Record<AuditFinding['name'], string>> = {
  'prompts-exact': 'test examples whose prompt is on the training side',
  'prompts-near': 'test examples whose prompt is nearly one of the training side',
  'siblings-divided': 'test examples whose sibling is on the training side',
  'responses-exact': 'test responses that are on the training side',
  'responses-near': 'test responses that are nearly on the training side',
  'pairs-on-test-side': 'pairs of a test example or its prompt',
  'pairs-shared-prompts': 'validation pairs whose prompt is among training pairs',
  'subset-shares': 'subsets with more pairs than their share',
  'label-balance': 'subsets with the chosen response too often in one place (weighs only in one order)',
  'length-balance': 'subsets where the chosen response is longer, or shorter, too often',
  'pairs-length-balance': 'subsets where the preferred output is longer, or shorter, too often',
}
