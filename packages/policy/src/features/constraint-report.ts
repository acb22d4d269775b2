import { type CheckedResponse, checkConstraint, countDistance } from '../constraints/check-constraint.js'
import { type ConstraintFamily, familyOf } from '../constraints/constraint.js'
import type { ReadPrompt } from './read-prompt.js'

/** How a response does by the verifiable constraints of its prompt; those that cannot be checked on it are not counted. */
export interface ConstraintReport {
  readonly checked: number
  readonly satisfied: number
  /** Violated constraints by family. */
  readonly violated: Readonly<Record<ConstraintFamily, number>>
  /** The largest distance of a count from its range, as a share in [0, 1]. */
  readonly distance: number
}

/** Checks every constraint of the prompt on the response. */
export function checkConstraints(prompt: ReadPrompt, response: CheckedResponse): ConstraintReport {
  const violated: Record<ConstraintFamily, number> = { length: 0, wording: 0, characters: 0, form: 0 }
  let checked = 0
  let satisfied = 0
  let distance = 0
  for (const constraint of prompt.constraints) {
    const done = checkConstraint(constraint, response)
    if (done === undefined) continue
    checked++
    if (done) satisfied++
    else violated[familyOf(constraint)]++
    if (constraint.kind === 'count') distance = Math.max(distance, countDistance(constraint, response) ?? 0)
  }
  return { checked, satisfied, violated, distance }
}
