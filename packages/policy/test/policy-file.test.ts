import { DatasetFormatError } from '@judgelab/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FEATURE_SPACE, type Policy, parsePolicy, policyDigest, priorPolicy, serializePolicy } from '../src/index.js'

const { dense, dimension, id } = FEATURE_SPACE
const bytesOf = ({ weights }: Policy): string => Buffer.from(weights.buffer).toString('base64')
const withWeights = (weights: Readonly<Record<number, number>>): Policy => {
  const policy = priorPolicy()
  for (const [index, weight] of Object.entries(weights)) policy.weights[Number(index)] = weight
  return policy
}

describe('serializePolicy and parsePolicy', () => {
  it('give every policy back exactly, from the same bytes each time', () => {
    const weight = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0)
    const weights = fc.array(fc.tuple(fc.nat(dimension - 1), weight), { maxLength: 30 })
    fc.assert(
      fc.property(weights, (entries) => {
        const policy = withWeights(Object.fromEntries(entries))
        const text = serializePolicy(policy)
        expect(bytesOf(parsePolicy(text, 'policy.json'))).toEqual(bytesOf(policy))
        expect(serializePolicy(parsePolicy(text, 'policy.json'))).toBe(text)
      }),
      { seed: 8, numRuns: 20 },
    )
  })

  it('write the prior as JSON that names its features', () => {
    const held = JSON.parse(serializePolicy(priorPolicy())) as Record<string, unknown>
    expect(held).toMatchObject({
      format: 'judgelab-policy',
      formatVersion: 1,
      featureSpace: id,
      hashed: [],
      named: { empty: -3 },
    })
    expect(held.sha256).toBe(policyDigest(priorPolicy()))
  })

  it('write a policy of nothing but zeros', () => {
    const policy: Policy = { featureSpace: id, weights: new Float64Array(dimension) }
    expect(parsePolicy(serializePolicy(policy), 'p')).toEqual(policy)
  })

  it('refuse to write what is not a policy of this space', () => {
    expect(() => serializePolicy({ featureSpace: 'other', weights: new Float64Array(dimension) })).toThrow('got other')
    expect(() => serializePolicy({ featureSpace: id, weights: new Float64Array(2) })).toThrow('dimension 2')
    expect(() => serializePolicy(withWeights({ 3: Number.NaN }))).toThrow('weights[3]=NaN')
  })
})

describe('parsePolicy', () => {
  const good = JSON.parse(serializePolicy(withWeights({ [dense + 5]: 0.25, [dense + 9]: -1 }))) as Record<
    string,
    unknown
  >

  it.each([
    ['not JSON', '{"format": ', undefined],
    ['a list', '[]', undefined],
    ['nothing', 'null', undefined],
    ['another format', JSON.stringify({ ...good, format: 'policy' }), 'format'],
    ['a newer version', JSON.stringify({ ...good, formatVersion: 2 }), 'formatVersion'],
    ['another feature space', JSON.stringify({ ...good, featureSpace: 'text-features/0' }), 'featureSpace'],
    ['no named weights', JSON.stringify({ ...good, named: undefined }), 'named'],
    ['an unknown feature', JSON.stringify({ ...good, named: { charm: 1 } }), 'named.charm'],
    ['a weight in words', JSON.stringify({ ...good, named: { empty: 'low' } }), 'named.empty'],
    ['hashed weights that are no list', JSON.stringify({ ...good, hashed: {} }), 'hashed'],
    ['a bucket too large', JSON.stringify({ ...good, hashed: [[FEATURE_SPACE.buckets, 1]] }), 'hashed.0'],
    [
      'buckets that do not ascend',
      JSON.stringify({
        ...good,
        hashed: [
          [5, 1],
          [5, 1],
        ],
      }),
      'hashed.1',
    ],
    ['a bucket that is no whole number', JSON.stringify({ ...good, hashed: [[0.5, 1]] }), 'hashed.0'],
    ['an entry of three', JSON.stringify({ ...good, hashed: [[1, 2, 3]] }), 'hashed.0'],
    ['a weight of null', JSON.stringify({ ...good, hashed: [[1, null]] }), 'hashed.0'],
    ['a weight beyond all numbers', JSON.stringify(good).replace('0.25', '1e999'), 'hashed.0'],
    ['a weight that was changed', JSON.stringify(good).replace('0.25', '0.26'), 'sha256'],
    ['no digest', JSON.stringify({ ...good, sha256: undefined }), 'sha256'],
  ])('refuses %s, naming file and field', (_, text, field) => {
    let thrown: unknown
    try {
      parsePolicy(text, 'policy.json')
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(DatasetFormatError)
    expect(thrown).toMatchObject({ file: 'policy.json', field })
  })
})

describe('policyDigest', () => {
  it('tells policies apart by their weights', () => {
    expect(policyDigest(withWeights({ 1: 0.5 }))).not.toBe(policyDigest(withWeights({ 1: 0.25 })))
    expect(policyDigest(withWeights({ [dense]: 0 }))).toBe(policyDigest(priorPolicy()))
  })
})
