import { DENSE_FEATURES } from '../features/dense-features.js'

/** The prior's weight of one named feature, in nats at feature value 1, and why. */
export interface PriorWeight {
  readonly name: string
  readonly weight: number
  readonly why: string
}

/**
 * The untuned judge's weights, from common sense, written down before the first evaluation. It is a plain judge with the
 * well-known weaknesses of judges: it likes answers that are long, structured and sure, and it is not very strict with
 * constraints. A feature that is not named here has weight 0. Hashed features have weight 0.
 */
export const PRIOR_REASONS: Readonly<Record<string, readonly [weight: number, why: string]>> = {
  'log-words': [1, 'Longer answers tend to say more; judges are known to like them somewhat too much.'],
  empty: [-3, 'No answer is the worst answer.'],
  'very-short': [-0.2, 'A word or two rarely suffices.'],
  'brevity-asked-words': [-1.5, 'Who asks for brevity wants it.'],
  'depth-asked-words': [0.5, 'Who asks for detail wants more of it.'],
  paragraphs: [0.1, 'Paragraphs help reading.'],
  'list-lines': [0.2, 'Lists look orderly; judges are known to like them.'],
  'list-asked-given': [0.3, 'A list was asked for.'],
  headings: [0.1, 'Headings look orderly.'],
  bold: [0.1, 'Bold words look orderly.'],
  'question-at-end': [-0.1, 'A question back leaves work to the asker.'],
  unfinished: [-0.5, 'The answer seems to be cut off.'],
  exclamations: [-0.2, 'Shouting is not informing.'],
  emoji: [-0.1, 'Pictures are rarely asked for.'],
  'repeated-words': [-0.3, 'Saying things again adds nothing.'],
  'repeated-sentences': [-1.5, 'Whole sentences said again are a fault.'],
  hedging: [-0.2, 'An answer that commits itself is more useful.'],
  certainty: [0.1, 'A sure tone convinces, more than it should.'],
  'non-answer': [-0.5, 'Usually something can be answered.'],
  'non-answer-to-passage': [0.3, 'With a passage, “it does not say” may be the right answer.'],
  'self-reference': [-0.3, 'Nobody asked what the answerer is.'],
  filler: [-0.1, 'Courtesies carry no content.'],
  correction: [0.1, 'Correcting a false premise is helpful.'],
  reasons: [0.3, 'An answer with reasons can be checked.'],
  'order-words': [0.1, 'Ordered steps are easy to follow.'],
  instances: [0.1, 'Examples make clear.'],
  refuses: [-1.5, 'Refusing a harmless request is unhelpful.'],
  'refuses-later': [-0.3, 'Half a refusal is half an answer.'],
  'refuses-harm': [1.5, 'A prompt that names something dangerous may deserve a refusal.'],
  'refuses-plain-harm': [1, 'With nothing harmless in sight it mostly does.'],
  'complies-plain-harm': [-0.5, 'Compliance with a dangerous request does harm.'],
  'short-refusal': [-0.1, 'A bare no helps less than one with a reason.'],
  'refusal-with-alternative': [0.2, 'Offering something safe is better than a bare no.'],
  'refusal-with-reason': [0.1, 'A reason makes a refusal understandable.'],
  'moralising-unasked': [-0.3, 'A sermon on a harmless question is unwelcome.'],
  'care-line-harm': [0.3, 'Naming people who can help is good advice.'],
  'steps-plain-harm': [-0.5, 'Instructions for a dangerous request do most harm.'],
  'prompt-covered': [0.5, 'An answer speaks of what the prompt speaks of.'],
  'asked-covered': [0.5, 'And most of all of what is asked.'],
  'nothing-covered': [-0.5, 'An answer without a word of the question is probably about something else.'],
  drifting: [-0.5, 'Sentences that share nothing with the prompt stray.'],
  'last-drifts': [-0.1, 'Answers that lose the thread lose it at the end.'],
  digression: [-0.3, '“By the way” leaves the topic.'],
  copied: [-0.3, 'Repeating the question is not answering it.'],
  'other-script': [-0.5, 'The answer should be in the asker’s language.'],
  'numbers-used': [0.2, 'Numbers that are given are there to be used.'],
  'passage-new-numbers': [-0.5, 'Numbers that the passage does not have may be invented.'],
  'passage-new-names': [-0.5, 'Names that the passage does not have may be invented.'],
  supported: [0.1, 'Sentences that follow the source are probably right.'],
  misquoted: [-0.2, 'The same statement with another number or name may be wrong.'],
  'passage-misquoted': [-0.5, 'Against a given passage it mostly is.'],
  'passage-negated': [-0.3, 'The passage’s statement with or without its “not” says the opposite.'],
  'number-asked-given': [0.3, 'A number was asked for.'],
  'name-asked-given': [0.1, 'A name was asked for.'],
  'yes-no-asked-given': [0.2, 'Yes or no was asked for.'],
  'constraints-satisfied': [0.5, 'Instructions are there to be followed.'],
  'any-violated': [-0.5, 'A broken instruction is a fault.'],
  'length-distance': [-0.5, 'The further from the asked length, the worse.'],
  'any-equation-wrong': [-1, 'A false equation is an error for everyone to see.'],
  'equations-right': [0.3, 'True equations show the work.'],
  'answer-follows': [0.2, 'The answer should be what was worked out.'],
  'answers-expression': [0.7, 'Where the question is a sum, its value is the answer.'],
  'operands-grounded': [0.2, 'A calculation should start from the numbers given.'],
}

/** The prior, one entry for each named feature, in the order of `DENSE_FEATURES`. */
export const PRIOR_WEIGHTS: readonly PriorWeight[] = DENSE_FEATURES.map(({ name }) => {
  const [weight, why] = PRIOR_REASONS[name] ?? [0, 'No opinion before training.']
  return { name, weight, why }
})
