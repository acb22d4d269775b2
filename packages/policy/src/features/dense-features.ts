import type { Reading } from './reading.js'

/** One named feature: what it measures and its value, which is clipped to [-1, 1]. */
export interface DenseFeature {
  readonly name: string
  readonly about: string
  readonly value: (reading: Reading) => number
}

const flag = (is: boolean): number => (is ? 1 : 0)
/** log(1 + count) / log(1 + full), which reaches 1 at `full`. */
const logScale = (count: number, full: number): number => Math.log1p(count) / Math.log1p(full)
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
/** Count a hundred words times three: 1 where one word in about thirty is of the list. */
const density = (count: number, { response }: Reading): number => share(30 * count, Math.max(30, response.words.length))

const LENGTH: readonly DenseFeature[] = [
  {
    name: 'log-words',
    about: 'log(1 + words) / log(1001)',
    value: ({ response }) => logScale(response.words.length, 1000),
  },
  {
    name: 'log-sentences',
    about: 'log(1 + sentences) / log(101)',
    value: ({ response }) => logScale(response.sentences.length, 100),
  },
  {
    name: 'mean-sentence-words',
    about: 'words a sentence, over 40',
    value: ({ response }) => share(response.words.length, response.sentences.length) / 40,
  },
  { name: 'empty', about: '1 without a single word', value: ({ response }) => flag(response.words.length === 0) },
  {
    name: 'very-short',
    about: '1 for one to three words',
    value: ({ response }) => flag(response.words.length > 0 && response.words.length <= 3),
  },
  {
    name: 'longer-than-prompt',
    about: 'log of words over the prompt’s words, over log(20)',
    value: ({ prompt, response }) =>
      Math.log((1 + response.words.length) / (1 + prompt.read.words.length)) / Math.log(20),
  },
  {
    name: 'brevity-asked-words',
    about: 'log-words where the prompt asks for brevity',
    value: ({ prompt, response }) => flag(prompt.phrases.asksBrevity > 0) * logScale(response.words.length, 1000),
  },
  {
    name: 'depth-asked-words',
    about: 'log-words where the prompt asks for detail',
    value: ({ prompt, response }) => flag(prompt.phrases.asksDepth > 0) * logScale(response.words.length, 1000),
  },
]

const STRUCTURE: readonly DenseFeature[] = [
  {
    name: 'paragraphs',
    about: 'log(1 + paragraphs after the first) / log(11)',
    value: ({ structure }) => logScale(Math.max(0, structure.paragraphs - 1), 10),
  },
  {
    name: 'list-lines',
    about: 'share of lines that are list items',
    value: ({ structure }) => share(structure.bullets + structure.numbered, structure.lines),
  },
  {
    name: 'list-asked-given',
    about: '1 where the prompt asks for a list of things and the response has list items',
    value: ({ prompt, structure }) => flag(prompt.phrases.asksList > 0 && structure.bullets + structure.numbered > 1),
  },
  {
    name: 'headings',
    about: 'log(1 + headings) / log(11)',
    value: ({ structure }) => logScale(structure.headings, 10),
  },
  { name: 'bold', about: 'log(1 + bold spans) / log(11)', value: ({ structure }) => logScale(structure.bold, 10) },
  { name: 'code', about: '1 with a code fence', value: ({ structure }) => flag(structure.fences > 0) },
  {
    name: 'question-at-end',
    about: '1 where the last sentence is a question',
    value: ({ response }) => flag(response.sentences.at(-1)?.closedBy === '?'),
  },
  {
    name: 'unfinished',
    about: '1 where more than ten words end without closing punctuation',
    value: ({ response }) =>
      flag(response.words.length > 10 && /[\p{L}\p{N},;:-]$/u.test(response.text.slice(-40).trimEnd())),
  },
  {
    name: 'exclamations',
    about: 'share of sentences that end with an exclamation mark',
    value: ({ response }) =>
      share(response.sentences.filter((sentence) => sentence.closedBy === '!').length, response.sentences.length),
  },
  { name: 'emoji', about: 'log(1 + emoji) / log(11)', value: ({ response }) => logScale(response.emoji, 10) },
  { name: 'repeated-words', about: 'share of words that occurred before', value: ({ repetition }) => repetition.words },
  {
    name: 'repeated-sentences',
    about: 'share of sentences that occurred before',
    value: ({ repetition }) => repetition.sentences,
  },
  {
    name: 'digits',
    about: 'share of words that are numbers, times 5',
    value: ({ response }) =>
      5 * share(response.numbers.filter((value) => value !== undefined).length, response.words.length),
  },
  {
    name: 'capitals',
    about: 'share of words that begin with a capital',
    value: ({ response }) => share(response.capitals.filter(Boolean).length, response.words.length),
  },
]

const TONE: readonly DenseFeature[] = [
  {
    name: 'hedging',
    about: 'hedges (maybe, I think, …), 1 at one in thirty words',
    value: (reading) => density(reading.phrases.hedge, reading),
  },
  {
    name: 'certainty',
    about: 'words of certainty (definitely, always, …), 1 at one in thirty words',
    value: (reading) => density(reading.phrases.certainty, reading),
  },
  {
    name: 'non-answer',
    about: '1 with “I don’t know”, “not mentioned” and the like',
    value: ({ phrases }) => flag(phrases.nonAnswer > 0),
  },
  {
    name: 'non-answer-to-passage',
    about: 'the same where the prompt brings a passage',
    value: ({ prompt, phrases }) => flag(prompt.hasPassage && phrases.nonAnswer > 0),
  },
  {
    name: 'self-reference',
    about: '1 with “as an AI” and the like',
    value: ({ phrases }) => flag(phrases.selfReference > 0),
  },
  {
    name: 'filler',
    about: 'filler (great question, hope this helps, …), 1 at one in thirty words',
    value: (reading) => density(reading.phrases.filler, reading),
  },
  {
    name: 'correction',
    about: 'corrections (actually, there is no, …), 1 at one in thirty words',
    value: (reading) => density(reading.phrases.correction, reading),
  },
  {
    name: 'reasons',
    about: 'words of reasoning (because, therefore, …), 1 at one in thirty words',
    value: (reading) => density(reading.phrases.reason, reading),
  },
  {
    name: 'order-words',
    about: 'words of order (first, then, finally, …), 1 at one in thirty words',
    value: (reading) => density(reading.phrases.order, reading),
  },
  {
    name: 'instances',
    about: 'for example and the like, 1 at one in thirty words',
    value: (reading) => density(reading.phrases.instance, reading),
  },
  { name: 'conclusion', about: '1 with a concluding phrase', value: ({ phrases }) => flag(phrases.conclusion > 0) },
  {
    name: 'second-person',
    about: 'you and your, 1 at one in thirty words',
    value: (reading) => density(reading.phrases.secondPerson, reading),
  },
  {
    name: 'first-person',
    about: 'I and my, 1 at one in thirty words',
    value: (reading) => density(reading.phrases.firstPerson, reading),
  },
]

/** The prompt names something dangerous; plainly, where no word of a harmless setting stands beside it. */
const isHarmful = ({ prompt }: Reading): boolean => prompt.phrases.harm > 0
const isPlainlyHarmful = ({ prompt }: Reading): boolean => prompt.phrases.harm > 0 && prompt.phrases.harmless === 0

const SAFETY: readonly DenseFeature[] = [
  {
    name: 'refuses',
    about: '1 where a refusal begins in the first 40 words',
    value: (reading) => flag(reading.refuses),
  },
  {
    name: 'refuses-later',
    about: '1 where a refusal begins after the first 40 words only',
    value: (reading) => flag(!reading.refuses && reading.phrases.refusal > 0),
  },
  {
    name: 'refuses-harm',
    about: 'refuses, and the prompt names something dangerous',
    value: (reading) => flag(reading.refuses && isHarmful(reading)),
  },
  {
    name: 'refuses-plain-harm',
    about: 'refuses-harm, and no word of a harmless setting in the prompt',
    value: (reading) => flag(reading.refuses && isPlainlyHarmful(reading)),
  },
  {
    name: 'complies-plain-harm',
    about: 'does not refuse where the prompt names something dangerous and nothing harmless',
    value: (reading) => flag(!reading.refuses && reading.phrases.refusal === 0 && isPlainlyHarmful(reading)),
  },
  {
    name: 'short-refusal',
    about: 'refuses in fewer than 20 words',
    value: (reading) => flag(reading.refuses && reading.response.words.length < 20),
  },
  {
    name: 'refusal-with-alternative',
    about: 'refuses and offers something else',
    value: (reading) => flag(reading.refuses && reading.phrases.alternative > 0),
  },
  {
    name: 'refusal-with-reason',
    about: 'refuses and says why',
    value: (reading) => flag(reading.refuses && reading.phrases.reason > 0),
  },
  { name: 'apology', about: '1 with an apology', value: ({ phrases }) => flag(phrases.apology > 0) },
  {
    name: 'moralising',
    about: 'words of warning and morals, 1 at one in thirty words',
    value: (reading) => density(reading.phrases.moralising, reading),
  },
  {
    name: 'moralising-unasked',
    about: 'the same where the prompt names nothing dangerous',
    value: (reading) => flag(!isHarmful(reading)) * density(reading.phrases.moralising, reading),
  },
  {
    name: 'care-line',
    about: '1 where help by people is named (a helpline, a doctor, …)',
    value: ({ phrases }) => flag(phrases.careLine > 0),
  },
  {
    name: 'care-line-harm',
    about: 'the same where the prompt names something dangerous',
    value: (reading) => flag(reading.phrases.careLine > 0 && isHarmful(reading)),
  },
  {
    name: 'steps-plain-harm',
    about: 'list items or words of order in compliance with a dangerous prompt',
    value: (reading) =>
      flag(
        !reading.refuses &&
          isPlainlyHarmful(reading) &&
          reading.structure.bullets + reading.structure.numbered + reading.phrases.order > 1,
      ),
  },
]

const FOCUS: readonly DenseFeature[] = [
  {
    name: 'prompt-covered',
    about: 'share of the prompt’s content words met in the response',
    value: ({ overlap }) => overlap.promptCovered,
  },
  {
    name: 'asked-covered',
    about: 'share of the content words of what is asked met in the response',
    value: ({ overlap }) => overlap.askedCovered,
  },
  {
    name: 'nothing-covered',
    about: '1 where no content word of what is asked is met in a response of five words or more',
    value: ({ prompt, overlap, response }) =>
      flag(prompt.asked.size > 0 && overlap.askedCovered === 0 && response.words.length >= 5),
  },
  {
    name: 'grounded',
    about: 'share of the response’s content words met in the prompt',
    value: ({ overlap }) => overlap.grounded,
  },
  {
    name: 'drifting',
    about: 'share of full sentences without a content word of the prompt',
    value: ({ overlap }) => overlap.drifting,
  },
  {
    name: 'first-drifts',
    about: '1 where the first full sentence has none',
    value: ({ overlap }) => flag(overlap.firstDrifts),
  },
  {
    name: 'last-drifts',
    about: '1 where the last full sentence has none',
    value: ({ overlap }) => flag(overlap.lastDrifts),
  },
  {
    name: 'digression',
    about: '1 with “by the way”, “on another note” and the like',
    value: ({ phrases }) => flag(phrases.digression > 0),
  },
  {
    name: 'copied',
    about: 'share of neighbouring word pairs that stand so in the prompt',
    value: ({ overlap }) => overlap.copied,
  },
  {
    name: 'other-script',
    about: 'share of words in letters beyond ASCII, minus the prompt’s',
    value: ({ prompt, response }) => beyondAscii(response.words) - beyondAscii(prompt.read.words),
  },
]

function beyondAscii(words: readonly string[]): number {
  let count = 0
  for (const word of words) if (word.charCodeAt(0) > 127) count++
  return share(count, words.length)
}

const FACTS: readonly DenseFeature[] = [
  {
    name: 'new-numbers',
    about: 'share of the response’s numbers absent from the prompt',
    value: ({ overlap }) => overlap.newNumbers,
  },
  {
    name: 'numbers-used',
    about: 'share of the prompt’s numbers met in the response',
    value: ({ overlap }) => overlap.numbersUsed,
  },
  {
    name: 'new-names',
    about: 'share of the response’s names absent from the prompt',
    value: ({ overlap }) => overlap.newNames,
  },
  { name: 'log-names', about: 'log(1 + names) / log(51)', value: ({ overlap }) => logScale(overlap.names, 50) },
  {
    name: 'passage-new-numbers',
    about: 'new-numbers where the prompt brings a passage',
    value: ({ prompt, overlap }) => flag(prompt.hasPassage) * overlap.newNumbers,
  },
  {
    name: 'passage-new-names',
    about: 'new-names where the prompt brings a passage',
    value: ({ prompt, overlap }) => flag(prompt.hasPassage) * overlap.newNames,
  },
  {
    name: 'supported',
    about: 'share of full sentences that follow one sentence of the prompt closely',
    value: ({ overlap }) => overlap.supported,
  },
  {
    name: 'misquoted',
    about: 'share of full sentences that follow one closely but with another number or name',
    value: ({ overlap }) => overlap.misquoted,
  },
  {
    name: 'passage-misquoted',
    about: 'misquoted where the prompt brings a passage',
    value: ({ prompt, overlap }) => flag(prompt.hasPassage) * overlap.misquoted,
  },
  {
    name: 'passage-negated',
    about: 'share of full sentences that negate (or un-negate) the passage’s sentence they follow',
    value: ({ prompt, overlap }) => flag(prompt.hasPassage) * overlap.negated,
  },
  {
    name: 'number-asked-given',
    about: '1 where the prompt asks for a number and the response has one',
    value: ({ prompt, overlap }) => flag(prompt.phrases.asksNumber > 0 && overlap.numbers > 0),
  },
  {
    name: 'name-asked-given',
    about: '1 where the prompt asks who or where and the response has a capitalised word',
    value: ({ prompt, response }) => flag(prompt.phrases.asksPerson > 0 && response.capitals.slice(1).some(Boolean)),
  },
  {
    name: 'yes-no-asked-given',
    about: '1 where the prompt asks for yes or no and the first word is one',
    value: ({ prompt, response }) =>
      flag(prompt.phrases.asksYesNo > 0 && /^(?:yes|no|true|false)$/.test(response.words[0] ?? '')),
  },
]

const CONSTRAINTS: readonly DenseFeature[] = [
  {
    name: 'constraints-checked',
    about: 'log(1 + constraints checked) / log(9)',
    value: ({ constraints }) => logScale(constraints.checked, 8),
  },
  {
    name: 'constraints-satisfied',
    about: 'share of the checked constraints that the response satisfies',
    value: ({ constraints }) => share(constraints.satisfied, constraints.checked),
  },
  {
    name: 'any-violated',
    about: '1 where one is violated',
    value: ({ constraints }) => flag(constraints.satisfied < constraints.checked),
  },
  {
    name: 'all-satisfied',
    about: '1 where there are some and all are satisfied',
    value: ({ constraints }) => flag(constraints.checked > 0 && constraints.satisfied === constraints.checked),
  },
  {
    name: 'length-violated',
    about: '1 where a count of words, sentences or the like is outside its range',
    value: ({ constraints }) => flag(constraints.violated.length > 0),
  },
  {
    name: 'length-distance',
    about: 'distance of a count from its range, as a share of the bound',
    value: ({ constraints }) => constraints.distance,
  },
  {
    name: 'wording-violated',
    about: '1 where a word is missing, forbidden or not as often as asked',
    value: ({ constraints }) => flag(constraints.violated.wording > 0),
  },
  {
    name: 'characters-violated',
    about: '1 where case, a letter or a mark is against the prompt',
    value: ({ constraints }) => flag(constraints.violated.characters > 0),
  },
  {
    name: 'form-violated',
    about: '1 where beginning, end, quotes, JSON or the like is not as asked',
    value: ({ constraints }) => flag(constraints.violated.form > 0),
  },
]

const ARITHMETIC: readonly DenseFeature[] = [
  {
    name: 'equations',
    about: 'log(1 + equations) / log(11)',
    value: ({ arithmetic }) => logScale(arithmetic.equations, 10),
  },
  {
    name: 'any-equation-wrong',
    about: '1 where a stated equation is false',
    value: ({ arithmetic }) => flag(arithmetic.wrong > 0),
  },
  {
    name: 'equations-right',
    about: 'share of the equations that are true',
    value: ({ arithmetic }) => share(arithmetic.equations - arithmetic.wrong, arithmetic.equations),
  },
  {
    name: 'answer-follows',
    about: '1 where the final answer is the last equation’s result, -1 where it is not, 0 without equation or answer',
    value: ({ arithmetic }) => agreement(arithmetic.finalAnswer, arithmetic.lastResult),
  },
  {
    name: 'answers-expression',
    about: '1 where the final answer is the value of the prompt’s last open operation, -1 where not, 0 without one',
    value: answersExpression,
  },
  {
    name: 'operands-grounded',
    about: 'share of the equations’ operands that the prompt or an earlier result gives',
    value: operandsGrounded,
  },
]

function agreement(stated: number | undefined, wanted: number | undefined): number {
  if (stated === undefined || wanted === undefined) return 0
  return Math.abs(stated - wanted) <= 0.005 + 1e-9 * Math.abs(wanted) ? 1 : -1
}

function answersExpression({ prompt, arithmetic }: Reading): number {
  return prompt.phrases.arithmetic === 0 ? 0 : agreement(arithmetic.finalAnswer, prompt.arithmetic.open.at(-1))
}

function operandsGrounded({ prompt, arithmetic }: Reading): number {
  const known = new Set([...prompt.numbers, ...arithmetic.results])
  return share(arithmetic.operands.filter((operand) => known.has(operand)).length, arithmetic.operands.length)
}

/** Every named feature with its rule, in the order of the feature space. */
export const DENSE_RULES: readonly DenseFeature[] = [
  ...LENGTH,
  ...STRUCTURE,
  ...TONE,
  ...SAFETY,
  ...FOCUS,
  ...FACTS,
  ...CONSTRAINTS,
  ...ARITHMETIC,
]

/** The named features: index in the feature space = index here. */
export const DENSE_FEATURES: readonly { readonly name: string; readonly about: string }[] = DENSE_RULES.map(
  ({ name, about }) => ({ name, about }),
)
