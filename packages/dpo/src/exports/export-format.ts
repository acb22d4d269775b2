export const EXPORT_FORMATS = ['together', 'openai', 'trl', 'trl-conversational', 'parquet', 'csv'] as const
/**
 * Who reads the pairs: the fine-tuning service of Together or of OpenAI, TRL (one prompt text, or a conversation), or
 * anything that reads Parquet or CSV.
 */
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** How an exported file ends. */
export type ExportFileType = 'jsonl' | 'parquet' | 'csv'

/** The files that each format comes in. */
export const FILE_TYPES: Readonly<Record<ExportFormat, readonly ExportFileType[]>> = {
  together: ['jsonl'],
  openai: ['jsonl'],
  trl: ['jsonl', 'parquet'],
  'trl-conversational': ['jsonl', 'parquet'],
  parquet: ['parquet'],
  csv: ['csv'],
}
