import { formatP } from '../format/numbers.js'

/** `p = 0.61`, `p < 0.001`. */
export function pWords(p: number): string {
  const value = formatP(p)
  return `p ${value.startsWith('<') ? value : `= ${value}`}`
}
