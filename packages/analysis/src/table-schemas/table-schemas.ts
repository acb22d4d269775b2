import { ABLATION_SCHEMAS } from './ablation-schemas.js'
import { CLAIM_SCHEMAS } from './claim-schemas.js'
import { CONTRAST_SCHEMAS } from './contrast-schemas.js'
import { DATA_SCHEMAS } from './data-schemas.js'
import { JUDGE_SCHEMAS } from './judge-schemas.js'
import { LARGE_SCHEMAS } from './large-schemas.js'
import { MEASURE_SCHEMAS } from './measure-schemas.js'
import type { TableSchema } from './table-schema.js'

/** Tables of one idea, under one heading of docs/tables.md. */
export interface TableGroup {
  readonly title: string
  readonly tables: readonly TableSchema[]
}

/** Every tidy table with its columns; docs/tables.md is made of it. */
export const TABLE_GROUPS: readonly TableGroup[] = [
  { title: 'The data', tables: DATA_SCHEMAS },
  { title: 'Judges', tables: JUDGE_SCHEMAS },
  { title: 'Judges compared', tables: CONTRAST_SCHEMAS },
  { title: 'Bias, calibration, cost', tables: MEASURE_SCHEMAS },
  { title: 'Runs of any size', tables: LARGE_SCHEMAS },
  { title: 'Ablations', tables: ABLATION_SCHEMAS },
  { title: 'Published claims', tables: CLAIM_SCHEMAS },
]
