import type { StudyResults } from '@judgelab/analysis'
import { escapeMarkdown } from '../format/escape.js'

/** What the audit of a study found that is not in order, one line each, as Markdown; or that all is. */
export function auditSentences({ audit, benchmark }: Pick<StudyResults, 'audit' | 'benchmark'>): string {
  if (audit === null) return 'This study does not audit its split: its file says no `audit:`.'
  const found = audit.findings.flatMap(({ name, verdict, summary }) =>
    verdict === 'ok' ? [] : [`- **${verdict}**, ${name}: ${escapeMarkdown(summary)}`],
  )
  const left = audit.notChecked.map(({ name, reason }) => `- not checked, ${name}: ${escapeMarkdown(reason)}`)
  const where = benchmark.synthetic ? 'On this synthetic benchmark' : 'Here'
  if (found.length === 0) return [`${where} every check that was made is in order.`, ...left].join('\n')
  return [`${where} the audit finds:\n`, ...found, ...left].join('\n')
}
