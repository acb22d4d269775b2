import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import * as analysis from '../src/index.js'
import { type ColumnSchema, TABLE_GROUPS, type Table, tablesPage } from '../src/index.js'
import { builtTables } from './built-tables.js'

const schemas = TABLE_GROUPS.flatMap(({ tables }) => tables)
let built: ReadonlyMap<string, readonly Table[]>

beforeAll(async () => {
  built = await builtTables()
})

/** The schema of a column: by its key, else by the key before the name in `judge:<name>`. */
function schemaOf(columns: readonly ColumnSchema[], key: string): ColumnSchema | undefined {
  const pattern = key.replace(/:.*$/, ':<')
  return columns.find((column) => column.key === key) ?? columns.find((column) => column.key.startsWith(pattern))
}

describe('the schemas of tables', () => {
  it('are of every table that the package makes, each once', () => {
    const made = Object.keys(analysis).filter((name) => /Table$/.test(name))
    expect(schemas.map(({ name }) => name).toSorted()).toEqual(made.toSorted())
    expect([...built.keys()].toSorted()).toEqual(made.toSorted())
  })

  it.each(schemas.map((schema) => [schema.name, schema.columns] as const))('hold for %s', (name, columns) => {
    const tables = built.get(name) ?? []
    expect(tables.length).toBeGreaterThan(0)
    for (const table of tables) {
      for (const { key, kind, unit } of table.columns) {
        const known = schemaOf(columns, key)
        expect({ key, kind: known?.kind, unit: known?.unit }).toEqual({ key, kind, unit })
      }
      const present = new Set(table.columns.map(({ key }) => schemaOf(columns, key)?.key))
      const always = columns.filter(({ when }) => when === undefined).map(({ key }) => key)
      expect([...present]).toEqual(expect.arrayContaining(always))
      // In the same order, too.
      const order = columns.map(({ key }) => key).filter((key) => present.has(key))
      expect([...present]).toEqual(order)
    }
  })

  it('say of a column that it may be left out only where it is, once with it and once without', () => {
    const offending = schemas.flatMap(({ name, columns }) =>
      columns
        .filter(({ when }) => when !== undefined)
        .flatMap((column) => {
          const has = (built.get(name) ?? []).map((table) =>
            table.columns.some(({ key }) => schemaOf(columns, key)?.key === column.key),
          )
          return new Set(has).size === 2 ? [] : [`${name}.${column.key} is ${has[0] ? 'always' : 'never'} there`]
        }),
    )
    expect(offending).toEqual([])
  })

  it('are what docs/tables.md says', () => {
    const page = readFileSync(new URL('../../../docs/tables.md', import.meta.url), 'utf8')
    expect(page, 'node scripts/tables-page.mjs writes it').toBe(tablesPage())
  })
})
