import type { PairedResult } from '../contrast.js'

/** A paired result by its name, with the smallest difference that its n could have shown, where there is one. */
export type Detecting = Pick<PairedResult, 'n' | 'table' | 'test'> & {
  readonly label: string
  readonly detectable: number | null
}

/** Why a row has no smallest difference that could have been found. */
type Reason = 'nothing paired' | 'no test' | 'another test' | 'nothing discordant' | 'too few'

const REASON_WORDS: Readonly<Record<Reason, string>> = {
  'nothing paired': 'no comparison counts for both',
  'no test': 'no test was made, and none with a fixed n could be',
  'another test': 'the smallest difference is worked out for McNemar’s exact test alone, and the test is another',
  'nothing discordant':
    'both judges are right on the same comparisons, so that nothing says how far apart they could be',
  'too few':
    'at so few discordant comparisons McNemar’s exact test finds no difference four times in five, not even with all of them to one side',
}

/** Why rows have no smallest difference, each reason with the rows that it holds for: `Ties (n 16, 1 discordant): at so few …`. */
export function undetectableWords(rows: readonly Detecting[]): string {
  const without = rows.filter(({ detectable }) => detectable === null)
  const reasons = [...new Set(without.map(reasonOf))]
  return reasons
    .map((reason) => {
      const named = without.filter((row) => reasonOf(row) === reason).map((row) => rowWords(row, reason))
      return `${named.join(', ')}: ${REASON_WORDS[reason]}.`
    })
    .join(' ')
}

function reasonOf({ n, table, test }: Detecting): Reason {
  if (n === 0) return 'nothing paired'
  if (test === 'none') return 'no test'
  if (test !== 'exact McNemar' || table === null) return 'another test'
  return table.onlyA + table.onlyB === 0 ? 'nothing discordant' : 'too few'
}

function rowWords({ label, n, table }: Detecting, reason: Reason): string {
  return reason === 'too few' && table !== null
    ? `${label} (n ${n.toLocaleString('en-US')}, ${table.onlyA + table.onlyB} discordant)`
    : label
}
