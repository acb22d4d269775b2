/** Advance widths of Helvetica (and so of Arial and Liberation Sans) in thousandths of the font size, from U+0020 to U+007E. */
const ASCII_WIDTHS: readonly number[] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
]

/** Other faces of a system font stack run a little wider. */
const SLACK = 1.04

/** The width of text in px, estimated from Helvetica's metrics: a chart is laid out where no browser measures it. */
export function textWidth(text: string, fontSize: number, isBold = false): number {
  const thousandths = [...text].reduce((sum, character) => sum + characterWidth(character), 0)
  return (thousandths / 1000) * fontSize * SLACK * (isBold ? 1.07 : 1)
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0)!
  if (code >= 0x20 && code <= 0x7e) return ASCII_WIDTHS[code - 0x20]!
  if (/\p{Mark}|\p{Format}/u.test(character)) return 0
  if (/[–−±×]/.test(character)) return 584
  return code >= 0x1100 || character === '…' || character === '—' ? 1000 : 611
}

/** The widest of several texts. */
export function widestText(texts: readonly string[], fontSize: number): number {
  return Math.max(0, ...texts.map((text) => textWidth(text, fontSize)))
}
