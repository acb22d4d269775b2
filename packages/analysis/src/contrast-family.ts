import type { Study, StudyContrast } from '@judgelab/core'

export const CONTRAST_FAMILIES = {
  tuned: 'tuned against its own baseline',
  others: 'judges against other judges',
} as const

/**
 * The family of tests that a contrast belongs to. What tuning made of a judge against that judge is the study's primary
 * question, and is not paid for by whatever else is compared; all other contrasts are one family, named after the judge
 * that they share, on whichever side, where they share one.
 */
export function contrastFamily(study: Pick<Study, 'judges' | 'tuning' | 'contrasts'>, contrast: StudyContrast): string {
  const isPrimary = ({ judge, against }: StudyContrast): boolean =>
    study.tuning.some(({ name, base }) => name === judge && base === against)
  if (isPrimary(contrast)) return CONTRAST_FAMILIES.tuned
  const others = study.contrasts.filter((held) => !isPrimary(held))
  const shared = [contrast.against, contrast.judge].find((name) =>
    others.every(({ judge, against }) => judge === name || against === name),
  )
  if (shared === undefined) return CONTRAST_FAMILIES.others
  const reference = [...study.judges, ...study.tuning].find(({ name }) => name === shared)
  return `judges against ${reference?.label ?? shared}`
}
