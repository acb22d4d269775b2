import type { Judgment, Usage } from './judgment.js'
import { FAILURE_REASONS, type Outcome } from './outcome.js'
import { MODES, SLOTS_OF_MODE } from './presentation.js'

/**
 * Whether a judgment surely is what `parseJudgment` accepts, at a twentieth of its cost: for judgments that were just made,
 * one by one. False says nothing: then `parseJudgment` decides, and says what is wrong.
 */
export function isPlainJudgment(judgment: Judgment): boolean {
  return (
    hasOnly(judgment, FIELDS) &&
    judgment.v === 1 &&
    isName(judgment.presentationId) &&
    isName(judgment.exampleId) &&
    (judgment.comparisonId === undefined || isName(judgment.comparisonId)) &&
    MODES.includes(judgment.mode) &&
    isCount(judgment.repeat) &&
    hasSlots(judgment) &&
    isOutcome(judgment.outcome, judgment.slots.length) &&
    isTextOrAbsent(judgment.raw) &&
    isTextOrAbsent(judgment.reasoning) &&
    (judgment.usage === undefined || isUsage(judgment.usage)) &&
    isDuration(judgment.latencyMs) &&
    (judgment.firstByteMs === undefined || isDuration(judgment.firstByteMs)) &&
    (judgment.attempts === undefined || (isCount(judgment.attempts) && judgment.attempts > 0)) &&
    (judgment.cached === undefined || judgment.cached === true) &&
    typeof judgment.at === 'string' &&
    UTC_TIME.test(judgment.at)
  )
}

const FIELDS: ReadonlySet<string> = new Set<keyof Judgment>([
  'v',
  'presentationId',
  'exampleId',
  'comparisonId',
  'mode',
  'slots',
  'repeat',
  'outcome',
  'raw',
  'reasoning',
  'usage',
  'latencyMs',
  'firstByteMs',
  'attempts',
  'cached',
  'at',
])

/** As `Date.toISOString` writes it, on days that every month has. */
const UTC_TIME = /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

function hasOnly(value: object, fields: ReadonlySet<string>): boolean {
  if (value === null || typeof value !== 'object') return false
  for (const field in value) if (!fields.has(field)) return false
  return true
}

function hasSlots({ mode, slots }: Judgment): boolean {
  const [least, most] = SLOTS_OF_MODE[mode]
  return Array.isArray(slots) && slots.length >= least && slots.length <= most && slots.every(isCount)
}

const CHOICE_FIELDS: ReadonlySet<string> = new Set(['kind', 'slot', 'strength', 'probabilities'])
const RATING_FIELDS: ReadonlySet<string> = new Set(['kind', 'value', 'scale'])
const SCALE_FIELDS: ReadonlySet<string> = new Set(['min', 'max'])
const FAILED_FIELDS: ReadonlySet<string> = new Set(['kind', 'reason', 'detail'])

/** Classes are left to the schema: they are few. */
function isOutcome(outcome: Outcome, slotCount: number): boolean {
  switch (outcome?.kind) {
    case 'choice': {
      const { slot, strength, probabilities } = outcome
      return (
        hasOnly(outcome, CHOICE_FIELDS) &&
        (slot === 'tie' || (isCount(slot) && slot < slotCount)) &&
        (strength === undefined || strength === 'slight' || strength === 'strong') &&
        (probabilities === undefined ||
          (Array.isArray(probabilities) && probabilities.length === slotCount && probabilities.every(isShare)))
      )
    }
    case 'rating': {
      const { value, scale } = outcome
      if (!hasOnly(outcome, RATING_FIELDS) || !hasOnly(scale, SCALE_FIELDS)) return false
      const { min, max } = scale
      return [min, value, max].every(Number.isFinite) && min < max && value >= min && value <= max
    }
    case 'failed':
      return (
        hasOnly(outcome, FAILED_FIELDS) && FAILURE_REASONS.includes(outcome.reason) && isTextOrAbsent(outcome.detail)
      )
    default:
      return false
  }
}

const USAGE_FIELDS: ReadonlySet<string> = new Set<keyof Usage>([
  'inputTokens',
  'outputTokens',
  'cachedInputTokens',
  'reasoningTokens',
])

function isUsage(usage: Usage): boolean {
  return (
    hasOnly(usage, USAGE_FIELDS) &&
    isCount(usage.inputTokens) &&
    isCount(usage.outputTokens) &&
    (usage.cachedInputTokens === undefined || isCount(usage.cachedInputTokens)) &&
    (usage.reasoningTokens === undefined || isCount(usage.reasoningTokens))
  )
}

function isName(value: string): boolean {
  return typeof value === 'string' && value !== ''
}

function isTextOrAbsent(value: string | undefined): boolean {
  return value === undefined || typeof value === 'string'
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function isShare(value: number): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1
}

function isDuration(value: number): boolean {
  return Number.isFinite(value) && value >= 0
}
