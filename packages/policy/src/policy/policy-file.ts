import { DatasetFormatError, digest } from '@judgelab/core'
import { DENSE_FEATURES } from '../features/dense-features.js'
import { FEATURE_SPACE } from '../features/feature-space.js'
import type { Policy } from './policy.js'

const FORMAT = 'judgelab-policy'
const FORMAT_VERSION = 1

/** What a policy file says: named weights by name, hashed ones by bucket; weights of zero are left out. */
interface PolicyContent {
  readonly featureSpace: string
  readonly named: Readonly<Record<string, number>>
  readonly hashed: readonly (readonly [bucket: number, weight: number])[]
}

/**
 * The policy as JSON, one weight a line, in the order of the feature space: equal policies give equal bytes, and parsing gives
 * every weight back exactly (a negative zero as zero).
 *
 * @throws {RangeError} if the policy is not of this version's feature space or has a weight that is not finite
 */
export function serializePolicy(policy: Policy): string {
  const content = contentOf(policy)
  const named = Object.entries(content.named).map(([name, weight]) => `    ${JSON.stringify(name)}: ${weight}`)
  const hashed = content.hashed.map(([bucket, weight]) => `    [${bucket}, ${weight}]`)
  return `{
  "format": "${FORMAT}",
  "formatVersion": ${FORMAT_VERSION},
  "featureSpace": ${JSON.stringify(content.featureSpace)},
  "sha256": "${digest(content)}",
  "named": {${block(named)}},
  "hashed": [${block(hashed)}]
}
`
}

function block(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `
}

/** SHA-256 of what a policy says, independent of its file's layout: the identity of a set of weights. */
export function policyDigest(policy: Policy): string {
  return digest(contentOf(policy))
}

function contentOf({ featureSpace, weights }: Policy): PolicyContent {
  if (featureSpace !== FEATURE_SPACE.id || weights.length !== FEATURE_SPACE.dimension)
    throw new RangeError(
      `serializePolicy needs feature space ${FEATURE_SPACE.id} of dimension ${FEATURE_SPACE.dimension}, got ${featureSpace} of dimension ${weights.length}`,
    )
  const named: Record<string, number> = {}
  const hashed: [number, number][] = []
  weights.forEach((weight, index) => {
    if (!Number.isFinite(weight))
      throw new RangeError(`serializePolicy needs finite weights, got weights[${index}]=${weight}`)
    if (weight === 0) return
    const name = DENSE_FEATURES[index]?.name
    if (name === undefined) hashed.push([index - FEATURE_SPACE.dense, weight])
    else named[name] = weight
  })
  return { featureSpace, named, hashed }
}

/**
 * Reads a policy file.
 *
 * @param text the file's text
 * @param file its name, for error messages
 * @throws {DatasetFormatError} naming the field, if it is not JSON, not a policy, of another version or feature space, has an
 *   unknown feature or a weight that is no number, or its digest differs from its content
 */
export function parsePolicy(text: string, file: string): Policy {
  const held = parseObject(text, file)
  const wrong: Wrong = (field, message) => new DatasetFormatError(message, { file, field })
  if (held.format !== FORMAT) throw wrong('format', `expected "${FORMAT}", found ${shown(held.format)}`)
  if (held.formatVersion !== FORMAT_VERSION)
    throw wrong('formatVersion', `expected ${FORMAT_VERSION}, found ${shown(held.formatVersion)}`)
  if (held.featureSpace !== FEATURE_SPACE.id)
    throw wrong(
      'featureSpace',
      `expected "${FEATURE_SPACE.id}", whose features are these, found ${shown(held.featureSpace)}`,
    )
  const weights = new Float64Array(FEATURE_SPACE.dimension)
  readNamed(held.named, weights, wrong)
  readHashed(held.hashed, weights, wrong)
  const policy: Policy = { featureSpace: FEATURE_SPACE.id, weights }
  const sha256 = policyDigest(policy)
  if (held.sha256 !== sha256) throw wrong('sha256', `expected ${sha256} by the weights, found ${shown(held.sha256)}`)
  return policy
}

type Wrong = (field: string, message: string) => DatasetFormatError

function parseObject(text: string, file: string): Readonly<Record<string, unknown>> {
  let held: unknown
  try {
    held = JSON.parse(text)
  } catch (cause) {
    throw new DatasetFormatError(
      `expected a policy in JSON, found text that is not JSON (${(cause as Error).message})`,
      { file },
      { cause },
    )
  }
  if (held === null || typeof held !== 'object' || Array.isArray(held))
    throw new DatasetFormatError(`expected a policy object, found ${shown(held)}`, { file })
  return held as Readonly<Record<string, unknown>>
}

function readNamed(named: unknown, weights: Float64Array, wrong: Wrong): void {
  if (named === null || typeof named !== 'object' || Array.isArray(named))
    throw wrong('named', `expected an object of weights, found ${shown(named)}`)
  const indexOf = new Map(DENSE_FEATURES.map(({ name }, index) => [name, index]))
  for (const [name, weight] of Object.entries(named)) {
    const index = indexOf.get(name)
    if (index === undefined)
      throw wrong(`named.${name}`, `expected a feature of ${FEATURE_SPACE.id}, found an unknown name`)
    if (!isWeight(weight)) throw wrong(`named.${name}`, `expected a finite number, found ${shown(weight)}`)
    weights[index] = weight
  }
}

function readHashed(hashed: unknown, weights: Float64Array, wrong: Wrong): void {
  if (!Array.isArray(hashed)) throw wrong('hashed', `expected a list of [bucket, weight], found ${shown(hashed)}`)
  let before = -1
  for (const [at, entry] of hashed.entries()) {
    const [bucket, weight]: unknown[] = Array.isArray(entry) && entry.length === 2 ? entry : []
    if (!isBucket(bucket) || bucket <= before)
      throw wrong(`hashed.${at}`, `expected an ascending bucket below ${FEATURE_SPACE.buckets}, found ${shown(entry)}`)
    if (!isWeight(weight)) throw wrong(`hashed.${at}`, `expected a finite weight, found ${shown(entry)}`)
    weights[FEATURE_SPACE.dense + bucket] = weight
    before = bucket
  }
}

function isBucket(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < FEATURE_SPACE.buckets
}

function isWeight(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60)
}
