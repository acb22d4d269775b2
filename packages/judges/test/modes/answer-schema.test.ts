import { describe, expect, it } from 'vitest'
import { answerSchema } from '../../src/index.js'
import { asking } from './shown.js'

/** Keywords that OpenAI's strict mode takes for every model, fine-tuned ones too. */
const STRICT = ['type', 'enum', 'properties', 'required', 'additionalProperties']

const classes = ['helpful', 'unhelpful']
const forms = [
  ['pairwise', asking(), 2, { verdict: { type: 'string', enum: ['A', 'B', 'tie'] } }],
  ['pairwise', asking({ allowTie: false }), 2, { verdict: { type: 'string', enum: ['A', 'B'] } }],
  [
    'pairwise',
    asking({ askStrength: true }),
    2,
    { verdict: { type: 'string', enum: ['A', 'B', 'tie'] }, strength: { type: 'string', enum: ['slight', 'strong'] } },
  ],
  ['best-of-n', asking({ allowTie: false }), 4, { verdict: { type: 'string', enum: ['A', 'B', 'C', 'D'] } }],
  ['rating', asking({ scale: { min: -1, max: 2 } }), 1, { rating: { type: 'integer', enum: [-1, 0, 1, 2] } }],
  ['rating', asking({ scale: { min: 0, max: 1000 } }), 1, { rating: { type: 'integer' } }],
  ['classify', asking({ classes }), 1, { label: { type: 'string', enum: classes } }],
] as const

describe('answerSchema', () => {
  it.each(forms)('of mode %s, %o, %d responses: reasons first, then the decision', (mode, asked, slots, decision) => {
    const { properties } = answerSchema(mode, asked, slots)
    expect(properties).toEqual({ reasoning: { type: 'string' }, ...decision })
    expect(Object.keys(properties)).toEqual(['reasoning', ...Object.keys(decision)])
  })

  it.each(forms)('of mode %s, %o, %d responses: is one that strict modes take', (mode, asked, slots) => {
    const schema = answerSchema(mode, asked, slots)
    expect(schema.type).toBe('object')
    expect(schema.additionalProperties).toBe(false)
    expect(schema.required).toEqual(Object.keys(schema.properties))
    const keywords = [schema, ...Object.values(schema.properties)].flatMap(Object.keys)
    expect(keywords.filter((keyword) => !STRICT.includes(keyword))).toEqual([])
  })

  it('needs a scale and classes', () => {
    expect(() => answerSchema('rating', asking(), 1)).toThrow('rating needs the scale of the asking, got none')
    expect(() => answerSchema('classify', asking(), 1)).toThrow('classify needs the classes of the asking, got none')
  })
})
