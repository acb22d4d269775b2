import type { StudyResults } from '@judgelab/analysis'
import { PALETTE } from '../charts/theme.js'

/**
 * One colour for each judge through the whole report, by name and by label: a baseline and what tuning made of it share one.
 * Null baselines have none.
 */
export function judgeColours({ judges, tuning }: StudyResults): Readonly<Record<string, string>> {
  const baseOf = (name: string): string => tuning.find((held) => held.name === name)?.base ?? name
  const shown = judges.filter(({ kind }) => kind !== 'control' && kind !== 'repeat')
  const families = [...new Set(shown.map(({ name }) => baseOf(name)))]
  return Object.fromEntries(
    shown.flatMap(({ name, label }) => {
      const colour = PALETTE[families.indexOf(baseOf(name)) % PALETTE.length] as string
      return [name, label].map((key) => [key, colour])
    }),
  )
}
