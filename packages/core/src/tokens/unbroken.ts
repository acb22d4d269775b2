/** Longest run of one kind of character that is handed to a vocabulary whole, in code points. */
const LONGEST = 2048

/**
 * A text in parts whose counts add up. Byte-pair merging takes time quadratic in the length of a run of letters, signs or
 * white space, and a file of one million `a` is one run: runs longer than 2,048 are cut, which moves the count by at most
 * a few tokens a cut.
 */
export function unbrokenParts(text: string): readonly string[] {
  if (text.length <= LONGEST) return [text]
  const parts: string[] = []
  let end = 0
  for (const { 0: run, index } of text.matchAll(LONG_RUN)) {
    parts.push(text.slice(end, index), ...(run.match(PIECE) ?? []))
    end = index + run.length
  }
  return end === 0 ? [text] : [...parts, text.slice(end)]
}

const LONG_RUN = new RegExp(
  ['[\\p{L}\\p{M}]', '[^\\s\\p{L}\\p{N}]', '\\s'].map((kind) => `${kind}{${LONGEST + 1},}`).join('|'),
  'gu',
)
const PIECE = new RegExp(`[\\s\\S]{1,${LONGEST}}`, 'gu')
