import type { Constraint } from './constraints.js'

/** Whether a text meets a demand; the generator keeps only texts that come out as planned. */
export function meets({ kind, parameter }: Constraint, text: string): boolean {
  switch (kind) {
    case 'sentences-exactly':
      return (text.match(/[.!?](?=["\s]|$)/g) ?? []).length === parameter && !/^(- |\d+\. )/m.test(text)
    case 'bullets-exactly':
      return (text.match(/^"?- /gm) ?? []).length === parameter
    case 'numbered-exactly':
      return (text.match(/^"?\d+\. /gm) ?? []).length === parameter
    case 'paragraphs-exactly':
      return text.split('\n\n').length === parameter
    case 'words-at-least':
      return words(text).length >= Number(parameter)
    case 'words-at-most':
      return words(text).length <= Number(parameter)
    case 'no-commas':
      return !text.includes(',')
    case 'lowercase':
      return text === text.toLowerCase()
    case 'uppercase':
      return text === text.toUpperCase()
    case 'include-word':
      return words(text).includes(String(parameter))
    case 'avoid-word':
      return !words(text).includes(String(parameter))
    case 'end-with':
      return text.endsWith(String(parameter))
    case 'begin-with':
      return text.replace(/^(- |1\. )/, '').startsWith(String(parameter))
    case 'quotation-marks':
      return text.startsWith('"') && text.endsWith('"') && text.length > 1
    case 'title':
      return text.split('\n')[0] === `<<${parameter}>>`
    case 'postscript':
      return /^P\.S\. .*$/.test(text.split('\n').at(-1)!)
    case 'end-question':
      return text.endsWith('?')
    default:
      throw new RangeError(`meets needs a known kind of demand, got ${kind}`)
  }
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[a-z']+/g) ?? []
}
