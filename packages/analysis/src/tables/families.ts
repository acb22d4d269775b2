import type { ContrastResult } from '../results/study-results.js'
import type { Column, TableRow } from '../table.js'

/** A family of tests with the sign that a row names it by, and how many tests it holds. */
interface Family {
  readonly name: string
  readonly size: number
  readonly sign: string
}

/**
 * How a table names the family of each adjusted p: one family in the caption, several by a letter in each row and all of
 * them in the caption.
 */
export interface FamilyNames {
  /** None where all rows have the same family. */
  readonly columns: readonly Column[]
  readonly cells: (contrast: Pick<ContrastResult, 'adjusted'>) => TableRow
  readonly caption: string
}

/** The families of some contrasts, lettered in the order in which they first appear. */
export function familyNames(contrasts: readonly Pick<ContrastResult, 'adjusted'>[]): FamilyNames {
  const families = familiesOf(contrasts)
  const hasSeveral = families.length > 1
  return {
    columns: hasSeveral ? [{ key: 'family', label: 'Family', kind: 'text' }] : [],
    cells: ({ adjusted }) =>
      hasSeveral ? { family: families.find(({ name }) => name === adjusted?.family)?.sign ?? null } : {},
    caption: familyWords(families),
  }
}

function familiesOf(contrasts: readonly Pick<ContrastResult, 'adjusted'>[]): Family[] {
  const sizes = new Map(
    contrasts.flatMap(({ adjusted }) => (adjusted === null ? [] : [[adjusted.family, adjusted.familySize]])),
  )
  return [...sizes].map(([name, size], at) => ({ name, size, sign: String.fromCharCode(97 + at) }))
}

/** The families of some contrasts for a caption whose rows carry no letters. */
export function familyCaption(contrasts: readonly Pick<ContrastResult, 'adjusted'>[]): string {
  return familyWords(familiesOf(contrasts), false)
}

/** `Holm’s p corrects within each family: a, tuned against its own baseline (2 tests); b, judges against Longer (1 test).` */
function familyWords(families: readonly Family[], areLettered = true): string {
  const lettered = (family: Family): string => `${areLettered ? `${family.sign}, ` : ''}${counted(family)}`
  const counted = ({ name, size }: Family): string => `${name} (${size} ${size === 1 ? 'test' : 'tests'})`
  const [only, ...others] = families
  if (only === undefined) return ''
  if (others.length === 0) return `Holm’s p corrects within its family: ${counted(only)}.`
  return `Holm’s p corrects within each family: ${families.map(lettered).join('; ')}.`
}
