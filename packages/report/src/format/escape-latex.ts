import { showHidden } from './escape.js'

/**
 * Text as LaTeX that pdfTeX, XeTeX and LuaTeX typeset, on one line: signs of its own are escaped, letters with accents
 * are built from commands, and what pdfTeX has no glyph for stands there as `U+4E2D`, for the other two as it is. What is
 * so long that TeX could not set it in one line, which it tries with every caption, ends in `…`.
 */
export function escapeLatex(text: string): string {
  const line = showHidden(text).replace(/\s*[\n\t]\s*/g, ' ')
  const parts: string[] = []
  let width = 0
  for (const sign of line.normalize('NFC')) {
    const latex = signLatex(sign)
    width += latex.startsWith(FOREIGN) ? U_NUMBER : 1
    if (width > LONGEST) {
      parts.push('\\ldots{}')
      break
    }
    parts.push(latex)
  }
  return parts
    .join('')
    .replace(/^(?=[[*])/, '{}')
    .replace(/-(?=-)/g, '-{}')
}

/** Signs in a line that TeX can measure, 16,383 pt, at the 10.3 pt of the widest letter. */
const LONGEST = 1500
/** Letters that a sign without a glyph takes: `U+1F466`. */
const U_NUMBER = 7
const FOREIGN = '{\\ifdefined\\Umathchar'

function signLatex(sign: string): string {
  const named = SIGNS[sign]
  if (named !== undefined) return named
  if (sign >= ' ' && sign <= '~') return sign
  return accented(sign) ?? foreign(sign)
}

/** What LaTeX reads as markup, what its fonts have elsewhere, and the signs that reports use. */
const SIGNS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '{\\char34}',
  "'": '\\textquoteright{}',
  '`': '\\textasciigrave{}',
  '\u00a0': '~',
  '\u2007': '\\phantom{0}',
  '\u2009': '\\,',
  '\u202f': '\\,',
  '–': '\\textendash{}',
  '—': '\\textemdash{}',
  '−': '$-$',
  '×': '$\\times$',
  '±': '$\\pm$',
  '≤': '$\\leq$',
  '≥': '$\\geq$',
  '≈': '$\\approx$',
  '→': '$\\rightarrow$',
  '←': '$\\leftarrow$',
  '·': '$\\cdot$',
  '°': '$^{\\circ}$',
  '²': '$^{2}$',
  µ: '$\\mu$',
  '⟨': '$\\langle$',
  '⟩': '$\\rangle$',
  '‘': '\\textquoteleft{}',
  '’': '\\textquoteright{}',
  '“': '\\textquotedblleft{}',
  '”': '\\textquotedblright{}',
  '…': '\\ldots{}',
  '§': '\\S{}',
  ß: '\\ss{}',
  æ: '\\ae{}',
  Æ: '\\AE{}',
  œ: '\\oe{}',
  Œ: '\\OE{}',
  ø: '\\o{}',
  Ø: '\\O{}',
  ł: '\\l{}',
  Ł: '\\L{}',
  ı: '\\i{}',
}

const ACCENTS: Readonly<Record<string, string>> = {
  '\u0300': '`',
  '\u0301': "'",
  '\u0302': '^',
  '\u0303': '~',
  '\u0304': '=',
  '\u0306': 'u',
  '\u0307': '.',
  '\u0308': '"',
  '\u030a': 'r',
  '\u030b': 'H',
  '\u030c': 'v',
  '\u0327': 'c',
}

/** `é` as `\'{e}`: one letter of ASCII and one accent that every encoding can build. */
function accented(sign: string): string | undefined {
  const [letter = '', mark = '', more] = sign.normalize('NFD')
  const accent = ACCENTS[mark]
  if (accent === undefined || more !== undefined || !/[A-Za-z]/.test(letter)) return undefined
  return `\\${accent}{${letter}}`
}

function foreign(sign: string): string {
  const code = (sign.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')
  return `${FOREIGN} ${sign}\\else U+${code}\\fi}`
}
