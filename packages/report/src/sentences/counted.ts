import { formatInteger } from '../format/numbers.js'

/** `1 epoch`, `3 epochs`, `1,865 comparisons`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${formatInteger(count)} ${count === 1 ? one : several}`
}
