import type { Constraint, CountedUnit, ForbiddenMark } from './constraint.js'
import { type Clause, readClauses } from './read-clauses.js'

/** No prompt is read for more than this many constraints. */
export const MOST_CONSTRAINTS = 32

/**
 * The verifiable constraints that a prompt states, in reading order, without repetition, at most 32.
 *
 * The forms are the general ones of instruction-following benchmarks (Zhou et al. 2023, arXiv:2311.07911): counts, case,
 * forbidden marks, words to include, avoid or repeat, first and last words, quotation marks, JSON, title, postscript. Each
 * pattern is tried on one clause of at most 400 characters and has bounded repetitions only, so reading stays linear.
 */
export function findConstraints(prompt: string): Constraint[] {
  const found = new Map<string, Constraint>()
  for (const clause of readClauses(prompt)) {
    for (const read of READERS) for (const constraint of read(clause)) found.set(JSON.stringify(constraint), constraint)
    if (found.size >= MOST_CONSTRAINTS) break
  }
  return [...found.values()].slice(0, MOST_CONSTRAINTS)
}

const READERS: readonly ((clause: Clause) => readonly Constraint[])[] = [
  readCounts,
  readItems,
  readCase,
  readForbidden,
  readWording,
  readEdges,
  readForms,
]

// ---- counts

const LEAST = 'at least|(?:a )?minimum(?: of)?|no fewer than|no less than|not less than|not fewer than'
const MOST =
  'at most|up to|(?:a )?maximum(?: of)?|no more than|not more than|within|not exceed|not exceeding|no longer than'
const BELOW = 'under|fewer than|less than|below'
const ABOVE = 'more than|over'
const NEAR = 'about|around|approximately|roughly|nearly'
const EXACT = 'exactly|precisely|only|just|no more and no less than'
const RELATION = `(?<relation>${LEAST}|${MOST}|${BELOW}|(?<!no |not )(?:${ABOVE})|${NEAR}|${EXACT})`
const UNIT =
  '(?<unit>words?|sentences?|paragraphs?|bullet points?|bullets?|bulleted (?:items?|points?)|numbered (?:points?|items?|steps?)|lines?|characters?|placeholders?|highlighted (?:sections?|parts?)|highlights?)'
const LATER = '(?<later>or fewer|or less|or under|or more|maximum|max|at most|minimum|at least|or shorter|or longer)'
const COUNT = new RegExp(
  `(?:${RELATION} )?(?:between )?(?:(?<low>\\d{1,6}) (?:and|to|or) )?(?<n>[\\d,]{1,7})(?: or (?<or>fewer|less|more))?(?: (?:short|brief|full|complete|single|separate|different|long|markdown|english|total|distinct))? ${UNIT}\\b(?: (?:in total )?${LATER})?`,
  'g',
)
const CAPPED = /(?:limit|keep|restrict|cap)\b[^,]{0,40} (?:to|at|under|below|within) (?:\d|at|under|a )/

/** `at least 50 words`, `between 3 and 5 sentences`, `3 paragraphs`, `50 words or fewer`, `a single sentence`. */
function readCounts({ text }: Clause): Constraint[] {
  const plain = text.replace(/\ba single (?=word|sentence|paragraph|line)/g, '1 ')
  if (!/\d/.test(plain) || /\b(?:each|every|per) /.test(plain)) return []
  return [...plain.matchAll(COUNT)].flatMap((match) => {
    const groups = match.groups as Readonly<Record<string, string | undefined>>
    const before = plain.slice(Math.max(0, match.index - 25), match.index)
    if (groups.relation === undefined && /(?:these|those|following|of the|first|last|the) $/.test(before)) return []
    const n = Number((groups.n as string).replaceAll(',', ''))
    const unit = unitOf(groups.unit as string)
    if (unit === 'words' && /\bhighlight/.test(plain)) return []
    const capped = groups.relation === undefined && CAPPED.test(plain)
    const range = rangeOf(n, unit, capped ? { ...groups, relation: 'at most' } : groups)
    if (NOT.test(before) && isStrict(groups.relation))
      return [{ kind: 'count', unit, ...outside(range) } satisfies Constraint]
    return [{ kind: 'count', unit, ...range } satisfies Constraint]
  })
}

const NOT = /(?:not|n't|never)(?: [a-z]{1,10}){0,2} $/

function isStrict(relation: string | undefined): boolean {
  return new RegExp(`^(?:${ABOVE}|${BELOW})$`).test(relation ?? '')
}

/** The other side of a one-sided range: `not more than 30` is 0 to 30. */
function outside(range: { readonly min: number; readonly max: number }): {
  readonly min: number
  readonly max: number
} {
  return range.min > 0 ? { min: 0, max: range.min - 1 } : { min: range.max + 1, max: Number.MAX_SAFE_INTEGER }
}

function unitOf(word: string): CountedUnit {
  if (word.startsWith('bullet')) return 'bullets'
  if (word.startsWith('highlight')) return 'highlights'
  if (word.startsWith('numbered')) return 'numbered'
  return (word.endsWith('s') ? word : `${word}s`) as CountedUnit
}

function rangeOf(
  n: number,
  unit: CountedUnit,
  said: {
    readonly relation?: string | undefined
    readonly low?: string | undefined
    readonly or?: string | undefined
    readonly later?: string | undefined
  },
): { readonly min: number; readonly max: number } {
  const most = Number.MAX_SAFE_INTEGER
  const says = (forms: string): boolean => new RegExp(`^(?:${forms})$`).test(said.relation ?? '')
  if (said.low !== undefined) return { min: Math.min(Number(said.low), n), max: Math.max(Number(said.low), n) }
  if (said.or !== undefined) return said.or === 'more' ? { min: n, max: most } : { min: 0, max: n }
  if (said.later !== undefined && /more|min|least|longer/.test(said.later)) return { min: n, max: most }
  if (said.later !== undefined) return { min: 0, max: n }
  if (says(LEAST)) return { min: n, max: most }
  if (says(MOST)) return { min: 0, max: n }
  if (says(BELOW)) return { min: 0, max: n - 1 }
  if (says(ABOVE)) return { min: n + 1, max: most }
  const vague = says(NEAR) || (said.relation === undefined && (unit === 'words' || unit === 'characters') && n >= 20)
  return vague ? { min: Math.floor((9 * n) / 10), max: Math.ceil((11 * n) / 10) } : { min: n, max: n }
}

const ITEMS =
  /\b(?:list|name|give|suggest|provide|recommend|share|describe|identify|offer)(?: me| us)?(?: exactly| just| only)? (\d{1,2}) (?!words?|sentences?|paragraphs?|lines?|bullets?|characters?|percent)(?:[\p{L}'-]{1,20} ){0,2}[\p{L}'-]{1,20}s\b/u
const BULLETED = /\b(?:bullet(?:ed)? (?:list|points)|bullets)\b/
const NUMBERED = /\bnumbered list\b/
const HIGHLIGHT = new RegExp(
  `\\bhighlight(?:ed|ing)?\\b[^,]{0,20}? (?:${RELATION} )?(\\d{1,2}) (?:sections?|parts?|words?|phrases?)\\b`,
)

/** `list five reasons`, and lists of bullets or numbers asked for without a count. */
function readItems({ text }: Clause): Constraint[] {
  const refused = /\b(?:no|not|don't|without|avoid|never)\b/.test(text)
  const items = ITEMS.exec(text)
  const found: Constraint[] = []
  if (items !== null) found.push({ kind: 'count', unit: 'items', min: Number(items[1]), max: Number(items[1]) })
  const counted = /\d (?:\w+ )?(?:bullet|numbered)/.test(text)
  if (!refused && !counted && BULLETED.test(text))
    found.push({ kind: 'count', unit: 'bullets', min: 1, max: Number.MAX_SAFE_INTEGER })
  if (!refused && !counted && NUMBERED.test(text))
    found.push({ kind: 'count', unit: 'numbered', min: 1, max: Number.MAX_SAFE_INTEGER })
  const highlight = HIGHLIGHT.exec(text)
  if (highlight !== null)
    found.push({
      kind: 'count',
      unit: 'highlights',
      ...rangeOf(Number(highlight.at(-1)), 'highlights', highlight.groups ?? {}),
    })
  return found
}

// ---- letters and marks

const NEGATED =
  "(?:no|without|avoid|avoiding|never use|not use|don't use|not contain|not include|not using|refrain from|free of|exclude)"
const PARTIAL = /\b(?:title|heading|headings|first letter|names?|each|acronyms?)\b/
const LOWER = /\b(?:lower ?case|small letters)\b/
const UPPER = /\b(?:upper ?case|all caps|all capitals|capital letters|capitals|block capitals)\b/
const NO_CAPITALS = new RegExp(`\\b${NEGATED}(?: using)?(?: any)? (?:capital(?: letters?|s|ized words)?|upper ?case)`)
const NO_LOWER = new RegExp(`\\b${NEGATED}(?: using)?(?: any)? lower ?case`)

/** `all lowercase`, `no capital letters`, `in all caps`, `uppercase only`. */
function readCase({ text }: Clause): Constraint[] {
  if (NO_CAPITALS.test(text)) return [{ kind: 'case', letters: 'lower' }]
  if (NO_LOWER.test(text)) return [{ kind: 'case', letters: 'upper' }]
  if (PARTIAL.test(text)) return []
  if (LOWER.test(text)) return [{ kind: 'case', letters: 'lower' }]
  const countedCapitals = /\d times|words? (?:in|with) (?:all )?capital/.test(text)
  return UPPER.test(text) && !countedCapitals ? [{ kind: 'case', letters: 'upper' }] : []
}

const MARKS: readonly (readonly [ForbiddenMark, RegExp])[] = (
  [
    ['comma', 'commas?'],
    ['exclamation', 'exclamation (?:marks?|points?)'],
    ['question', 'question marks?'],
    ['digit', 'digits?|numerals?|numbers?'],
    ['semicolon', 'semicolons?'],
    ['colon', 'colons?'],
    ['hyphen', 'hyphens?|dashes'],
    ['bracket', 'parentheses|brackets?'],
    ['quote', 'quotation marks?|quotes'],
    ['emoji', 'emojis?'],
    ['list', 'bullet points?|bullets|lists?|markdown'],
  ] as const
).map(
  ([mark, words]) =>
    [
      mark,
      new RegExp(`\\b${NEGATED}(?: using| the use of| use of)?(?: (?:any|a|[a-z ]{3,30} (?:or|and)))? (?:${words})\\b`),
    ] as const,
)
const NO_LETTER = new RegExp(
  `\\b${NEGATED}(?: using)?(?: any)?(?: words? (?:with|containing|that contain))? the letter (?:§(\\d)|([a-z])\\b)`,
)
const LETTER_TIMES = new RegExp(`\\bletter (?:§(\\d)|([a-z]))\\b[^,]{0,40}? (?:${RELATION} )?(\\d{1,3}) times`)

/** `no commas`, `avoid exclamation marks`, `without the letter e`, `the letter q at least 3 times`. */
function readForbidden({ text, quotes }: Clause): Constraint[] {
  const found: Constraint[] = MARKS.filter(([, pattern]) => pattern.test(text)).map(([mark]) => ({
    kind: 'without',
    mark,
  }))
  const letter = NO_LETTER.exec(text)
  if (letter !== null)
    found.push({ kind: 'without-letter', letter: (letter[2] ?? quotes[Number(letter[1])] ?? '').toLowerCase() })
  const times = LETTER_TIMES.exec(text)
  if (times !== null) {
    const range = rangeOf(Number(times.at(-1)), 'words', times.groups ?? {})
    found.push({ kind: 'letter-times', letter: (times[2] ?? quotes[Number(times[1])] ?? '').toLowerCase(), ...range })
  }
  return found.filter((one) => !('letter' in one) || one.letter.length === 1)
}

// ---- words

const THE_WORD =
  /\b(?:words?|keywords?|key words?|phrases?|terms?|names?) ((?:(?:§\d|,|and|or|[\p{L}\p{N}'-]{1,30}) ?){1,14})/u
const LIST_END =
  /^(?:at|exactly|in|must|should|appears?|is|are|to|of|that|somewhere|anywhere|once|twice|only|more|less|fewer|no|not|but|with|as|on|for|your|count|limit|\d+)$/
const ASKS =
  /\b(?:include|includes|including|contain|contains|containing|mention|mentions|mentioning|use|using|incorporate|add|appears?|feature|features)\b/
const FORBIDS =
  /\b(?:not|don't|do not|never|avoid|avoids|avoiding|without|exclude|excluding|refrain|omit|leave out|forbidden)\b/
const TIMES = new RegExp(`(?:${RELATION} )?(?:(?<n>\\d{1,3}) times?|(?<once>once)|(?<twice>twice))\\b`)
const QUOTED = /§(\d)/g

/** `include the word "x"`, `the words a, b and c`, `do not mention "y"`, `use the word "x" exactly 3 times`. */
function readWording(clause: Clause): Constraint[] {
  if (EDGES.test(clause.text) || /\bletter §/.test(clause.text)) return []
  const forbids = FORBIDS.test(clause.text)
  if (!forbids && !ASKS.test(clause.text)) return []
  const phrases = namedPhrases(clause)
  const times = TIMES.exec(clause.text)
  if (times !== null && !/\b(?:not|don't|never|avoid)\b(?! (?:more|less|fewer))/.test(clause.text)) {
    const n = times.groups?.once !== undefined ? 1 : times.groups?.twice !== undefined ? 2 : Number(times.groups?.n)
    const range = rangeOf(n, 'words', times.groups ?? {})
    return phrases.map((phrase) => ({ kind: 'times', phrase, ...range }))
  }
  return phrases.map((phrase) => ({ kind: forbids ? 'avoid' : 'include', phrase }))
}

function namedPhrases({ text, quotes }: Clause): string[] {
  const named = THE_WORD.exec(text)?.[1]
  if (named?.includes('§') || (named === undefined && ASKS.test(text)))
    return [...text.matchAll(QUOTED)]
      .flatMap((match) => quotes[Number(match[1])]?.toLowerCase() ?? [])
      .filter((quote) => quote !== '')
  if (named === undefined) return []
  const phrases: string[] = []
  for (const word of named.trim().split(' ')) {
    if (LIST_END.test(word)) break
    if (word !== ',' && word !== 'and' && word !== 'or') phrases.push(word)
  }
  const plural = /\b(?:words|keywords|terms|names)\b/.test(text)
  return plural ? phrases : phrases.slice(0, 1)
}

// ---- first and last words, form

const START =
  /\b(?:start|starts|starting|begin|begins|beginning|open|opens|opening)\b(?: [\p{L}']{1,12}){0,5}? (?:with|by saying)(?: [\p{L}']{1,12}){0,5}? §(\d)/u
const START_WORD = /\b(?:start|begin|open)s?\b(?: [\p{L}']{1,12}){0,4}? with the word ([\p{L}']{1,30})/u
const END =
  /\b(?:end|ends|ending|finish|finishes|conclude|concludes|close|closes)\b(?: [\p{L}']{1,12}){0,5}? (?:with|by saying)(?: [\p{L}']{1,12}){0,6}? §(\d)/u
const END_WORD = /\b(?:end|finish|conclude|close)(?:s|es)?\b(?: [\p{L}']{1,12}){0,4}? with the word ([\p{L}']{1,30})/u
const FIRST_WORD = /\bfirst word\b[^,]{0,30} §(\d)/
const LAST_WORD = /\blast word\b[^,]{0,30} §(\d)/
const END_QUESTION = /\b(?:end|finish|conclude|close)(?:s|es)?\b[^,§]{0,30} with (?:a|1) (?:\w+ )?question\b/
const EDGES =
  /\b(?:start|starts|starting|begin|begins|beginning|open|opens|opening|end|ends|ending|finish|finishes|conclude|concludes|close|closes|first word|last word)\b[^,]{0,60}(?:with|must be|should be|is|saying)/

/** `start your answer with "…"`, `end with the phrase "…"`, `finish with a question`. */
function readEdges({ text, quotes }: Clause): Constraint[] {
  const found: Constraint[] = []
  const start = quotes[Number(START.exec(text)?.[1] ?? FIRST_WORD.exec(text)?.[1] ?? -1)] ?? START_WORD.exec(text)?.[1]
  const end = quotes[Number(END.exec(text)?.[1] ?? LAST_WORD.exec(text)?.[1] ?? -1)] ?? END_WORD.exec(text)?.[1]
  if (start !== undefined) found.push({ kind: 'start', phrase: start })
  if (end !== undefined) found.push({ kind: 'end', phrase: end })
  else if (END_QUESTION.test(text)) found.push({ kind: 'end-question' })
  return found
}

const WRAP =
  /\b(?:wrap|enclose|surround|put|place)\b.{0,60}\b(?:in|with|inside|within) (?:double |single )?(?:quotation marks|quotes)\b/
const JSON_FORM = /\b(?:in|as|valid|a|using) (?:a |valid |single |only )?json\b|\bjson (?:format|object|output|only)\b/
const TITLE = /\btitle\b.{0,60}\b(?:double angular brackets|angular brackets|angle brackets)\b/
const POSTSCRIPT = /\b(?:postscript|p s|ps)\b/
const YES_NO =
  /\b(?:only|just|simply|single word|1 word)\b.{0,40}\byes or no\b|\byes or no\b.{0,30}\b(?:only|nothing else)\b/
const ONE_OF = /\b(?:only|exactly|just) (?:with |one of )?(?:either )?((?:§\d(?: ?,)?(?: or| and)? ?){2,8})/

/** Quotation marks around it all, JSON, a title in `<<>>`, a postscript, or one of a few given answers. */
function readForms({ text, quotes }: Clause): Constraint[] {
  const found: Constraint[] = []
  if (WRAP.test(text)) found.push({ kind: 'wrap-quotes' })
  if (JSON_FORM.test(text)) found.push({ kind: 'json' })
  if (TITLE.test(text)) found.push({ kind: 'title' })
  if (POSTSCRIPT.test(text)) found.push({ kind: 'postscript' })
  if (YES_NO.test(text)) found.push({ kind: 'one-of', options: ['yes', 'no'] })
  const options = /\b(?:answer|respond|reply|say)\b/.test(text) ? ONE_OF.exec(text)?.[1] : undefined
  if (options !== undefined)
    found.push({
      kind: 'one-of',
      options: [...options.matchAll(QUOTED)].map((match) => (quotes[Number(match[1])] ?? '').toLowerCase()),
    })
  return found
}
