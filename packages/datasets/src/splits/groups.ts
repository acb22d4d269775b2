import { type Example, groupBy } from '@judgelab/core'
import { promptDigest } from '../audit/pair-prompt-key.js'
import { createKeyTable } from '../validation/key-table.js'

/** Examples that must stay on one side. */
export interface ExampleGroup {
  /** The least id of its examples: names the group whatever the order of the rows. */
  readonly key: string
  /** The subset of most of its examples; of equally many, the first by name. */
  readonly stratum: string
  /** Row indices, ascending. */
  readonly rows: readonly number[]
}

/** What no split may divide: the `ref:N` and `tied:N` examples of Ties are siblings, asked about one question. */
export function siblingKey(exampleId: string): string {
  return exampleId.replace(/^(?:ref|tied):/, SIBLINGS)
}

/** How the key of siblings begins. Every other id stands for itself alone. */
const SIBLINGS = 'ties:'

/** What two examples share that are siblings; undefined of an example that has none. */
export function siblingsOf(exampleId: string): string | undefined {
  const key = siblingKey(exampleId)
  return key.startsWith(SIBLINGS) ? key : undefined
}

/**
 * The groups of a list of examples: two belong together when they ask the same prompt (as `promptKey` says) or are
 * siblings, and so do all that are linked through others. In order of their keys by UTF-16 code units, so that the
 * order of the rows does not matter. Ids occur once; prompts are told apart by 64 bits of their digests.
 */
export function exampleGroups(examples: readonly Example[]): ExampleGroup[] {
  const rowsByRoot = groupBy(examples.keys(), joined(examples))
  return [...rowsByRoot.values()].map((rows) => groupOf(rows, examples)).sort((a, b) => byCodeUnits(a.key, b.key))
}

/** The group's first row, for each row: a forest of rows, joined by prompts and siblings. */
function joined(examples: readonly Example[]): (row: number) => number {
  const parents = examples.map((_, row) => row)
  const rootOf = (row: number): number => {
    let root = row
    while (parents[root] !== root) root = parents[root] as number
    for (let at = row; at !== root; ) {
      const next = parents[at] as number
      parents[at] = root
      at = next
    }
    return root
  }
  const firstOf = { prompt: createKeyTable(), siblings: new Map<string, number>() }
  const join = (row: number, first: number): void => {
    parents[rootOf(row)] = rootOf(first)
  }
  examples.forEach(({ id, prompt }, row) => {
    const siblings = siblingsOf(id)
    if (siblings !== undefined) {
      const first = firstOf.siblings.get(siblings)
      if (first === undefined) firstOf.siblings.set(siblings, row)
      else join(row, first)
    }
    const asked = promptDigest(prompt)
    if (asked === '') return
    const first = firstOf.prompt.see(
      Number.parseInt(asked.slice(0, 8), 16),
      Number.parseInt(asked.slice(8, 16), 16),
      row,
    )
    if (first >= 0) join(row, first)
  })
  return rootOf
}

function groupOf(rows: readonly number[], examples: readonly Example[]): ExampleGroup {
  const held = rows.map((row) => examples[row] as Example)
  const counts = new Map<string, number>()
  for (const { subset } of held) counts.set(subset, (counts.get(subset) ?? 0) + 1)
  const [stratum] = [...counts].sort(([a, many], [b, other]) => other - many || byCodeUnits(a, b))[0] as [
    string,
    number,
  ]
  const [key] = held.map(({ id }) => id).sort() as [string, ...string[]]
  return { key, stratum, rows }
}

/** The groups of each stratum, strata by name, each in an order drawn by `shuffle`. */
export function shuffledStrata(
  groups: readonly ExampleGroup[],
  shuffle: (items: ExampleGroup[]) => void,
): [stratum: string, groups: ExampleGroup[]][] {
  const strata = groupBy(groups, ({ stratum }) => stratum)
  const ordered = [...strata].sort(([a], [b]) => byCodeUnits(a, b))
  for (const [, held] of ordered) shuffle(held)
  return ordered
}

/** How many examples some groups have. */
export function rowCount(groups: readonly ExampleGroup[]): number {
  return groups.reduce((sum, { rows }) => sum + rows.length, 0)
}

/** The rows of some groups, ascending. */
export function rowsOf(groups: readonly ExampleGroup[]): number[] {
  return groups.flatMap(({ rows }) => rows).sort((a, b) => a - b)
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
