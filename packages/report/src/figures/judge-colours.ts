import type { StudyResults } from '@judgelab/analysis'
import { PALETTE } from '../charts/theme.js'

/**
 * One colour for each judge through the whole report, by name and by label: a baseline and what tuning made of it share one.
 * Null baselines have none.
 */
export function judgeColours(results: StudyResults): Readonly<Record<string, string>> {
  const shown = results.judges.filter(({ kind }) => kind !== 'control' && kind !== 'repeat')
  const families = [...new Set(shown.map(({ name }) => familyOf(results, name)))]
  return Object.fromEntries(
    shown.flatMap(({ name, label }) => {
      const colour = PALETTE[families.indexOf(familyOf(results, name)) % PALETTE.length] as string
      return [name, label].map((key) => [key, colour])
    }),
  )
}

/** The judge that another one was tuned from, by name; of any other judge its own. */
export function familyOf({ tuning }: StudyResults, name: string): string {
  return tuning.find((held) => held.name === name)?.base ?? name
}
