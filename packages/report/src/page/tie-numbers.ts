const SPACE = '\u00a0'

/** What may not be parted at the end of a line: a number and its unit, a sign and its value, an interval, a label and its number. */
const TIED: readonly RegExp[] = [
  /(?<=\d) (?=%|points?\b|USD\b|ms\b|nats\b)/g,
  /(?<=\b[pn]) (?=(?:[=≤≥]|&lt;|&gt;|<|>) ?\d|\d)/g,
  /(?<=\b[pn]\s(?:[=≤≥]|&lt;|&gt;|<|>)) (?=\d)/g,
  /(?<=\[[+−-]?[\d.,]+,) (?=[+−-]?[\d.,]+\])/g,
  /(?<=\b(?:Table|Figure|ln)) (?=\d)/g,
  /(?<=\d|\s%) (?=\[[+−-]?[\d.,]+,\s[+−-]?[\d.,]+\])/g,
  /(?<=\d\]) (?=%|points?\b)/g,
]

/** Texts that stand as somebody wrote them. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['pre', 'code', 'script', 'style', 'svg', 'textarea'])

const TAG = /(<(?:[^"'>]|"[^"]*"|'[^']*')*>)/

/** HTML in whose texts numbers and versions stay on one line with what belongs to them; code, prompts, charts and tags are left alone. */
export function tieNumbers(html: string): string {
  let depth = 0
  return html
    .split(TAG)
    .map((part) => {
      const [, slash, name] = /^<(\/?)([a-z0-9]+)/i.exec(part) ?? []
      if (name === undefined) return depth === 0 ? tied(part) : part
      if (LEFT_ALONE.has(name.toLowerCase())) depth = Math.max(0, depth + (slash === '/' ? -1 : 1))
      return part
    })
    .join('')
}

/** A name that ends in a hyphen and a version: `GPT-5.2`. */
const VERSIONED = /(?<![\w-])[A-Za-z]{2,5}-\d+(?:\.\d+)?(?![\w-]|\.\w)/g

function tied(text: string): string {
  return TIED.reduce((held, place) => held.replace(place, SPACE), text).replace(
    VERSIONED,
    (name) => `<span class="jl-whole">${name}</span>`,
  )
}
