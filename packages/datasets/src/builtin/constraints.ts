import type { Draw } from './draw.js'
import type { Plan } from './plan.js'
import {
  DEMANDED_SENTENCES,
  DEMANDED_TITLES,
  END_QUESTIONS,
  POSTSCRIPTS,
  type WritingTask,
} from './tables/writing-tasks.js'

/**
 * A demand on a text that can be checked: how it is put in words, how a plan is changed to meet it, and how a plan is
 * changed to miss it by a little or by much. `satisfy` and `violate` leave alone what other demands govern.
 */
export interface Constraint {
  readonly kind: string
  readonly parameter: string | number
  readonly wording: string
  readonly satisfy: (plan: Plan) => Plan
  readonly violate: (plan: Plan, narrowly: boolean) => Plan
}

type Maker = (draw: Draw, task: WritingTask) => Constraint

/** Demands on the shape of a text, of which a prompt has at most one. */
export const SHAPE_MAKERS: readonly Maker[] = [
  sentenceCount,
  sentenceCount,
  bulletCount,
  numberedCount,
  paragraphCount,
  wordsAtLeast,
  wordsAtMost,
]

/** Demands on the wording of a text, of which a prompt has at most one. */
export const SURFACE_MAKERS: readonly Maker[] = [
  noCommas,
  noCommas,
  lowercase,
  uppercase,
  includeWord,
  includeWord,
  avoidWord,
  avoidWord,
  endSentence,
  beginSentence,
  quotationMarks,
  title,
  postscript,
  endQuestion,
]

const NUMBER_WORDS: readonly string[] = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']

function sentenceCount(draw: Draw): Constraint {
  const n = draw.integer(3, 6)
  return {
    kind: 'sentences-exactly',
    parameter: n,
    wording: draw.pick([
      `Use exactly ${n} sentences.`,
      `It must consist of exactly ${NUMBER_WORDS[n]} sentences.`,
      `I want exactly ${n} sentences.`,
    ]),
    satisfy: (plan) => ({ ...plan, layout: 'prose', pieces: n }),
    violate: (plan, narrowly) => ({ ...plan, pieces: otherCount(draw, n, narrowly) }),
  }
}

function bulletCount(draw: Draw): Constraint {
  const n = draw.integer(3, 5)
  return {
    kind: 'bullets-exactly',
    parameter: n,
    wording: draw.pick([
      `Use exactly ${n} bullet points.`,
      `Put it into exactly ${NUMBER_WORDS[n]} bullet points.`,
      `Format it as a list with exactly ${n} bullet points.`,
    ]),
    satisfy: (plan) => ({ ...plan, layout: 'bullets', pieces: n }),
    violate: (plan, narrowly) =>
      narrowly ? { ...plan, pieces: otherCount(draw, n, true) } : { ...plan, layout: draw.pick(['prose', 'numbers']) },
  }
}

function numberedCount(draw: Draw): Constraint {
  const n = draw.integer(3, 5)
  return {
    kind: 'numbered-exactly',
    parameter: n,
    wording: draw.pick([
      `Make it a numbered list of exactly ${n} items.`,
      `I would like a numbered list with exactly ${NUMBER_WORDS[n]} items.`,
    ]),
    satisfy: (plan) => ({ ...plan, layout: 'numbers', pieces: n }),
    violate: (plan, narrowly) =>
      narrowly ? { ...plan, pieces: otherCount(draw, n, true) } : { ...plan, layout: draw.pick(['prose', 'bullets']) },
  }
}

function paragraphCount(draw: Draw): Constraint {
  const n = draw.integer(2, 3)
  return {
    kind: 'paragraphs-exactly',
    parameter: n,
    wording: draw.pick([
      `Divide it into exactly ${n} paragraphs, with a blank line between paragraphs.`,
      `It should have exactly ${NUMBER_WORDS[n]} paragraphs, separated by a blank line.`,
    ]),
    satisfy: (plan) => ({ ...plan, layout: 'paragraphs', paragraphs: n, pieces: Math.max(plan.pieces, 4) }),
    violate: (plan, narrowly) => ({ ...plan, paragraphs: narrowly ? n + draw.pick([-1, 1]) : draw.pick([1, 4]) }),
  }
}

function wordsAtLeast(draw: Draw): Constraint {
  const n = draw.integer(7, 10) * 5
  return {
    kind: 'words-at-least',
    parameter: n,
    wording: draw.pick([`Write at least ${n} words.`, `It needs at least ${n} words.`]),
    satisfy: (plan) => ({ ...plan, pieces: draw.integer(6, 8) }),
    violate: (plan, narrowly) => ({ ...plan, pieces: narrowly ? draw.integer(3, 5) : draw.integer(1, 2) }),
  }
}

function wordsAtMost(draw: Draw): Constraint {
  const n = draw.integer(5, 8) * 5
  return {
    kind: 'words-at-most',
    parameter: n,
    wording: draw.pick([`Use at most ${n} words.`, `Keep it to at most ${n} words.`]),
    satisfy: (plan) => ({ ...plan, pieces: draw.integer(1, 3) }),
    violate: (plan, narrowly) => ({ ...plan, pieces: narrowly ? draw.integer(4, 5) : draw.integer(6, 8) }),
  }
}

function noCommas(draw: Draw): Constraint {
  return {
    kind: 'no-commas',
    parameter: ',',
    wording: draw.pick(['Do not use any commas.', 'There must be no commas in it.', 'Write it without any commas.']),
    satisfy: (plan) => ({ ...plan, commas: 0 }),
    violate: (plan, narrowly) => ({ ...plan, commas: narrowly ? 1 : 4 }),
  }
}

function lowercase(draw: Draw): Constraint {
  return {
    kind: 'lowercase',
    parameter: 'all',
    wording: draw.pick([
      'Write everything in lowercase letters.',
      'Use only lowercase letters, with no capitals at all.',
    ]),
    satisfy: (plan) => ({ ...plan, letters: 'lower' }),
    violate: (plan, narrowly) => ({ ...plan, letters: narrowly ? 'lower-but-first' : draw.pick(['usual', 'upper']) }),
  }
}

function uppercase(draw: Draw): Constraint {
  return {
    kind: 'uppercase',
    parameter: 'all',
    wording: draw.pick(['Write everything in capital letters.', 'Use capital letters only, no lowercase at all.']),
    satisfy: (plan) => ({ ...plan, letters: 'upper' }),
    violate: (plan, narrowly) => ({ ...plan, letters: narrowly ? 'upper-but-last' : draw.pick(['usual', 'lower']) }),
  }
}

function includeWord(draw: Draw, task: WritingTask): Constraint {
  const word = draw.pick(keywords(task))
  return {
    kind: 'include-word',
    parameter: word,
    wording: draw.pick([`Include the word "${word}".`, `The word "${word}" has to appear in it.`]),
    satisfy: (plan) => ({ ...plan, mustHold: word, mustLack: undefined }),
    violate: (plan) => ({ ...plan, mustHold: undefined, mustLack: word }),
  }
}

function avoidWord(draw: Draw, task: WritingTask): Constraint {
  const word = draw.pick(keywords(task))
  return {
    kind: 'avoid-word',
    parameter: word,
    wording: draw.pick([`Do not use the word "${word}".`, `Avoid the word "${word}".`]),
    satisfy: (plan) => ({ ...plan, mustHold: undefined, mustLack: word }),
    violate: (plan) => ({ ...plan, mustHold: word, mustLack: undefined }),
  }
}

function endSentence(draw: Draw): Constraint {
  const sentence = draw.pick(DEMANDED_SENTENCES)
  return {
    kind: 'end-with',
    parameter: sentence,
    wording: draw.pick([`End with the sentence "${sentence}"`, `The last sentence must be "${sentence}"`]),
    satisfy: (plan) => ({ ...plan, last: sentence }),
    violate: (plan, narrowly) =>
      narrowly
        ? { ...plan, first: sentence, last: undefined }
        : { ...plan, last: draw.chance(0.5) ? undefined : draw.pick(DEMANDED_SENTENCES.filter((s) => s !== sentence)) },
  }
}

function beginSentence(draw: Draw): Constraint {
  const sentence = draw.pick(DEMANDED_SENTENCES)
  return {
    kind: 'begin-with',
    parameter: sentence,
    wording: draw.pick([`Begin with the sentence "${sentence}"`, `The first sentence must be "${sentence}"`]),
    satisfy: (plan) => ({ ...plan, first: sentence }),
    violate: (plan, narrowly) =>
      narrowly
        ? { ...plan, first: undefined, last: sentence }
        : {
            ...plan,
            first: draw.chance(0.5) ? undefined : draw.pick(DEMANDED_SENTENCES.filter((s) => s !== sentence)),
          },
  }
}

function quotationMarks(draw: Draw): Constraint {
  return {
    kind: 'quotation-marks',
    parameter: '"',
    wording: draw.pick([
      'Wrap the whole text in double quotation marks.',
      'Put double quotation marks around the whole text.',
    ]),
    satisfy: (plan) => ({ ...plan, quotes: 'both' }),
    violate: (plan, narrowly) => ({ ...plan, quotes: narrowly ? draw.pick(['open', 'close']) : 'none' }),
  }
}

function title(draw: Draw): Constraint {
  const words = draw.pick(DEMANDED_TITLES)
  return {
    kind: 'title',
    parameter: words,
    wording: draw.pick([
      `Give it the title <<${words}>> on the first line, in double angular brackets.`,
      `Put the title <<${words}>> above it, with the double angular brackets.`,
    ]),
    satisfy: (plan) => ({ ...plan, heading: `<<${words}>>` }),
    violate: (plan, narrowly) => ({
      ...plan,
      heading: narrowly ? draw.pick([`<${words}>`, `[[${words}]]`, `**${words}**`]) : undefined,
    }),
  }
}

function postscript(draw: Draw): Constraint {
  return {
    kind: 'postscript',
    parameter: 'P.S.',
    wording: draw.pick([
      'Add a postscript at the end that starts with "P.S."',
      'At the very end there has to be a postscript beginning with "P.S."',
    ]),
    satisfy: (plan) => ({ ...plan, after: `P.S. ${draw.pick(POSTSCRIPTS)}` }),
    violate: (plan, narrowly) => ({
      ...plan,
      after: narrowly ? `${draw.pick(['Note:', 'By the way:', 'PS:'])} ${draw.pick(POSTSCRIPTS)}` : undefined,
    }),
  }
}

function endQuestion(draw: Draw): Constraint {
  return {
    kind: 'end-question',
    parameter: '?',
    wording: draw.pick(['End with a question.', 'The text must end with a question.']),
    satisfy: (plan) => ({ ...plan, last: draw.pick(END_QUESTIONS) }),
    violate: (plan, narrowly) =>
      narrowly ? { ...plan, first: draw.pick(END_QUESTIONS), last: undefined } : { ...plan, last: undefined },
  }
}

function otherCount(draw: Draw, n: number, narrowly: boolean): number {
  return narrowly ? n + draw.pick([-1, 1]) : n > 4 ? draw.pick([1, 2]) : draw.pick([1, n + 3])
}

/** Words of at least five letters that stand in exactly one sentence of the task, and so can be had or left out. */
function keywords(task: WritingTask): string[] {
  const bySentence = task.sentences.map((sentence) => new Set(sentence.toLowerCase().match(/[a-z]+/g) ?? []))
  const all = bySentence.flatMap((words) => [...words])
  const unique = all.filter((word) => word.length >= 5 && all.indexOf(word) === all.lastIndexOf(word))
  return unique.filter((word) => !EVERYDAY.has(word) && !task.text.includes(word))
}

const EVERYDAY: ReadonlySet<string> = new Set(
  'about above according after again along already always another around because before behind being below beside between could during early easily every everybody everything finally first found gives large later least leave likely longer might nearly neither nobody often other others please probably quickly rather second seemed seems several shall shortly should since slowly somebody something sound their there these thing those through towards under until usually welcome whenever where which while whose within without would years allows allowed belong prefer'.split(
    ' ',
  ),
)
