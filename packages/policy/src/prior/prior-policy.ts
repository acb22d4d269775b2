import { DENSE_FEATURES } from '../features/dense-features.js'
import { FEATURE_SPACE } from '../features/feature-space.js'
import type { Policy } from '../policy/policy.js'
import { PRIOR_WEIGHTS } from './prior-weights.js'

/** The untuned policy: `PRIOR_WEIGHTS` on the named features, 0 on the hashed ones. */
export function priorPolicy(): Policy {
  const weights = new Float64Array(FEATURE_SPACE.dimension)
  PRIOR_WEIGHTS.forEach(({ weight }, index) => {
    weights[index] = weight
  })
  return { featureSpace: FEATURE_SPACE.id, weights }
}

/** The prior as a Markdown table, which docs/local-policy.md shows. */
export function priorTable(): string {
  const rows = PRIOR_WEIGHTS.map(
    ({ name, weight, why }, index) => `| \`${name}\` | ${DENSE_FEATURES[index]?.about} | ${weight} | ${why} |`,
  )
  return ['| feature | measures | weight | why |', '|---|---|---:|---|', ...rows].join('\n')
}
