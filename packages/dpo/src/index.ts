export { type LocalTuning, type LocalTuningOutcome, tuneLocally } from './backends/local.js'
export { nestedSubsets } from './pairs/nested-subsets.js'
export { pairsFromResponses } from './pairs/responses.js'
export {
  groupedSides,
  type PairSides,
  pairCounts,
  publishedSides,
  sharedPrompts,
  splitPairs,
} from './pairs/split-pairs.js'
