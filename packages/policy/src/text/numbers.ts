const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'
const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...UNITS.split(' ').map((word, value) => [word, value] as const),
  ...TENS.split(' ').map((word, index) => [word, 20 + 10 * index] as const),
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
])

/** The value of an English number word (`seven` is 7), or undefined. */
export function numberWordValue(word: string): number | undefined {
  return NUMBER_WORDS.get(word)
}

/**
 * The value of a token that states a number: digits with thousands separators and a decimal point, or a number word other
 * than `one`, which is mostly a pronoun. Undefined for anything else.
 */
export function numberOf(word: string): number | undefined {
  const first = word.charCodeAt(0)
  if (first < 48 || first > 57) return word === 'one' ? undefined : NUMBER_WORDS.get(word)
  const value = Number(word.length > 40 ? Number.NaN : word.replaceAll(',', ''))
  return Number.isFinite(value) ? value : undefined
}
