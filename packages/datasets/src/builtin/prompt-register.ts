/** Remembers prompts and tells whether a new one would be a near duplicate of any of them. */
export interface PromptRegister {
  /** Calls `write` until its prompt is unlike all earlier ones, then remembers and returns that prompt. */
  readonly fresh: (write: () => string) => string
}

const SHARED_LIMIT = 0.55
const ATTEMPTS = 200

/**
 * Starts an empty register. Two prompts are near duplicates when the Jaccard similarity of their sets of word 5-grams
 * reaches 0.55 (the benchmark promises less than 0.6).
 */
export function createPromptRegister(): PromptRegister {
  const sizes: number[] = []
  const holders = new Map<string, number[]>()

  const isFresh = (grams: ReadonlySet<string>): boolean => {
    const shared = new Map<number, number>()
    for (const gram of grams)
      for (const index of holders.get(gram) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1)
    for (const [index, count] of shared) if (count / (grams.size + sizes[index]! - count) >= SHARED_LIMIT) return false
    return true
  }
  const remember = (grams: ReadonlySet<string>): void => {
    const index = sizes.push(grams.size) - 1
    for (const gram of grams) holders.set(gram, [...(holders.get(gram) ?? []), index])
  }
  const fresh = (write: () => string): string => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const prompt = write()
      const grams = wordFiveGrams(prompt)
      if (!isFresh(grams)) continue
      remember(grams)
      return prompt
    }
    throw new RangeError(`fresh needs a prompt unlike earlier ones within ${ATTEMPTS} attempts, got ${write()}`)
  }
  return { fresh }
}

function wordFiveGrams(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
  if (words.length < 5) return new Set([words.join(' ')])
  return new Set(words.slice(4).map((_, i) => words.slice(i, i + 5).join(' ')))
}
