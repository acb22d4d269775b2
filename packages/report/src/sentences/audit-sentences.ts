import type { AuditReport } from '@judgelab/datasets'
import { escapeMarkdown } from '../format/escape.js'

/** What an audit found that is not in order, one line each, as Markdown; or that all is. */
export function auditSentences({ findings, notChecked }: AuditReport): string {
  const found = findings.flatMap(({ name, verdict, summary }) =>
    verdict === 'ok' ? [] : [`- **${verdict}**, ${name}: ${escapeMarkdown(summary)}`],
  )
  const left = notChecked.map(({ name, reason }) => `- not checked, ${name}: ${escapeMarkdown(reason)}`)
  if (found.length === 0) return ['Every check that was made is in order.', ...left].join('\n')
  return [...found, ...left].join('\n')
}
