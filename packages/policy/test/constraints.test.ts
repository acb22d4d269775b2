import { describe, expect, it } from 'vitest'
import { type Constraint, findConstraints, isSatisfied } from '../src/index.js'

const MOST = Number.MAX_SAFE_INTEGER
/** A prompt, the one constraint it states, a response that satisfies it and one that does not. */
const CASES: readonly (readonly [prompt: string, constraint: Constraint, good: string, bad: string])[] = [
  ['Write at least 3 words.', { kind: 'count', unit: 'words', min: 3, max: MOST }, 'one two three', 'one two'],
  ['Use fewer than 3 sentences.', { kind: 'count', unit: 'sentences', min: 0, max: 2 }, 'A b. C d.', 'Aa. Bb. Cc.'],
  ['Answer in between 2 and 3 words.', { kind: 'count', unit: 'words', min: 2, max: 3 }, 'well-known fact', 'fact'],
  ['No more than two paragraphs.', { kind: 'count', unit: 'paragraphs', min: 0, max: 2 }, 'a\n\nb', 'a\n\nb\n\nc'],
  ['Use exactly two bullet points.', { kind: 'count', unit: 'bullets', min: 2, max: 2 }, '- a\n- b', '- a'],
  ['Answer in 3 words or less.', { kind: 'count', unit: 'words', min: 0, max: 3 }, 'yes', 'one two three four'],
  ['Reply in one sentence.', { kind: 'count', unit: 'sentences', min: 1, max: 1 }, 'Tea is hot.', 'Tea. Hot tea.'],
  ['Write a three-sentence summary.', { kind: 'count', unit: 'sentences', min: 3, max: 3 }, 'A b. C d. E f.', 'A b.'],
  ['Do not use more than 2 words.', { kind: 'count', unit: 'words', min: 0, max: 2 }, 'a b', 'a b c'],
  [
    'It should not have fewer than 2 sentences.',
    { kind: 'count', unit: 'sentences', min: 2, max: MOST },
    'A b. C.',
    'A b.',
  ],
  ['Limit your response to 2 words.', { kind: 'count', unit: 'words', min: 0, max: 2 }, 'a b', 'a b c'],
  ['Write about 100 words.', { kind: 'count', unit: 'words', min: 90, max: 110 }, 'a '.repeat(95), 'a '.repeat(80)],
  ['Write a poem of 2 lines.', { kind: 'count', unit: 'lines', min: 2, max: 2 }, 'a\nb', 'a'],
  [
    'Include at least 1 placeholder such as [name].',
    { kind: 'count', unit: 'placeholders', min: 1, max: MOST },
    'Dear [you]',
    'Dear you',
  ],
  ['Highlight at least 2 sections.', { kind: 'count', unit: 'highlights', min: 2, max: MOST }, '*a* and **b**', '*a*'],
  ['List three rivers.', { kind: 'count', unit: 'items', min: 3, max: 3 }, '1. a\n2. b\n3. c', '1. a\n2. b'],
  ['Answer with a numbered list.', { kind: 'count', unit: 'numbered', min: 1, max: MOST }, '1. a', '- a'],
  ['Respond in all lowercase letters.', { kind: 'case', letters: 'lower' }, 'tea is hot.', 'Tea is hot.'],
  ['No capital letters are allowed.', { kind: 'case', letters: 'lower' }, 'çà', 'Çà'],
  ['Write in all caps.', { kind: 'case', letters: 'upper' }, 'TEA 2', 'TEa'],
  ['Refrain from the use of any commas.', { kind: 'without', mark: 'comma' }, 'a b', 'a, b'],
  ['Do not use exclamation marks.', { kind: 'without', mark: 'exclamation' }, 'a.', 'a!'],
  ['Answer without any digits.', { kind: 'without', mark: 'digit' }, 'two', '2'],
  ['Avoid emojis.', { kind: 'without', mark: 'emoji' }, ':)', '🙂'],
  ['Do not use bullet points.', { kind: 'without', mark: 'list' }, 'a', '- a'],
  ['Write it without the letter e.', { kind: 'without-letter', letter: 'e' }, 'a story', 'Eel'],
  [
    'The letter q should appear at least 2 times.',
    { kind: 'letter-times', letter: 'q', min: 2, max: MOST },
    'Q q',
    'q',
  ],
  ['Include the word "salt".', { kind: 'include', phrase: 'salt' }, 'Salt!', 'salty'],
  ['Mention the word pepper.', { kind: 'include', phrase: 'pepper' }, 'pepper', 'salt'],
  ['Do not mention the word "salt".', { kind: 'avoid', phrase: 'salt' }, 'salty', 'salt'],
  ['Use the word "tree" exactly 2 times.', { kind: 'times', phrase: 'tree', min: 2, max: 2 }, 'Tree, tree.', 'tree'],
  ['Mention the word banana twice.', { kind: 'times', phrase: 'banana', min: 2, max: 2 }, 'banana banana', 'banana'],
  ['Start your answer with "Well then".', { kind: 'start', phrase: 'Well then' }, '"Well then, tea.', 'Tea. Well then'],
  ['Begin with the word Indeed.', { kind: 'start', phrase: 'indeed' }, 'Indeed so.', 'So indeed.'],
  [
    'Finish with this exact phrase "Is there more?".',
    { kind: 'end', phrase: 'Is there more?' },
    'Tea. Is there more?',
    'Is there more? Tea.',
  ],
  ['End your answer with a question.', { kind: 'end-question' }, 'Tea?', 'Tea? Yes.'],
  ['Wrap your entire response in double quotation marks.', { kind: 'wrap-quotes' }, '"Tea."', 'Tea "hot"'],
  ['The entire output should be in JSON format.', { kind: 'json' }, '```json\n{"a": 1}\n```', '{a: 1}'],
  ['Add a title wrapped in double angular brackets.', { kind: 'title' }, '<<Tea>>\nHot', 'Tea'],
  ['Add a postscript at the end.', { kind: 'postscript' }, 'Tea.\nP.S. Hot', 'Tea.'],
  ['Answer only with "yes" or "no".', { kind: 'one-of', options: ['yes', 'no'] }, 'Yes.', 'Yes, tea.'],
]

describe('findConstraints', () => {
  it.each(CASES)('reads: %s', (prompt, constraint) => {
    expect(findConstraints(prompt)).toEqual([constraint])
  })

  it.each([
    ['Include keywords "apple" and "pear".', ['apple', 'pear']],
    ['Use the words apple, pear and plum in your story.', ['apple', 'pear', 'plum']],
  ])('reads several words: %s', (prompt, phrases) => {
    expect(findConstraints(prompt)).toEqual(phrases.map((phrase) => ({ kind: 'include', phrase })))
  })

  it('reads several constraints of one prompt, each once', () => {
    const prompt = 'Write two sentences. No commas. Write two sentences. Include "tea".'
    expect(findConstraints(prompt).map(({ kind }) => kind)).toEqual(['count', 'without', 'include'])
  })

  it.each([
    'What is the capital of France?',
    'Explain the 3 words above.',
    'Each paragraph should have 3 sentences.',
    'She said “hello” and left.',
    '',
    'How many people live there?',
  ])('finds none in: %s', (prompt) => {
    expect(findConstraints(prompt)).toEqual([])
  })

  it('reads no more than 32', () => {
    const prompt = Array.from({ length: 50 }, (_, i) => `Include the word "w${i}".`).join(' ')
    expect(findConstraints(prompt)).toHaveLength(32)
  })
})

describe('isSatisfied', () => {
  it.each(CASES)('tells keeping from breaking: %s', (_, constraint, good, bad) => {
    expect([isSatisfied(constraint, good), isSatisfied(constraint, bad)]).toEqual([true, false])
  })

  it('cannot tell the number of items of a response without list lines', () => {
    expect(isSatisfied({ kind: 'count', unit: 'items', min: 2, max: 2 }, 'The Rhine and the Rhone.')).toBeUndefined()
  })

  it('handles the empty response', () => {
    for (const [, constraint] of CASES) expect([true, false, undefined]).toContain(isSatisfied(constraint, ''))
  })
})
