/**
 * Writes docs/tables.md, the keys of every tidy table, from the schemas in packages/analysis/src/table-schemas:
 * `node scripts/build.mjs && node scripts/tables-page.mjs`.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { tablesPage } from '../packages/analysis/dist/index.js'

writeFileSync(fileURLToPath(new URL('../docs/tables.md', import.meta.url)), tablesPage())
