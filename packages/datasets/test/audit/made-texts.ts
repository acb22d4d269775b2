import { createNumpyRandom } from '@judgelab/core'

/** Texts of 8 to 60 words from a vocabulary of 500; every third one is a near copy of an earlier one, at any distance. */
export function madeTexts(count: number, seed: number): string[] {
  const random = createNumpyRandom(seed)
  const texts: string[] = []
  for (let at = 0; at < count; at++) {
    const isCopy = at % 3 === 2
    const words = isCopy
      ? texts[random.randint(0, at)]!.split(' ')
      : Array.from({ length: random.randint(8, 61) }, () => `w${random.randint(0, 500)}`)
    const rate = isCopy ? random.randomSample() * 0.15 : 0
    texts.push(words.map((word) => (random.randomSample() < rate ? `x${random.randint(0, 1e6)}` : word)).join(' '))
  }
  return texts
}

/** Jaccard similarity of the word 5-grams of texts of plain words, by definition. */
export function plainSimilarity(a: string, b: string): number {
  const grams = (text: string): string[] => {
    const words = text.split(' ')
    return [...new Set(words.slice(4).map((_, at) => words.slice(at, at + 5).join(' ')))]
  }
  const [ofA, ofB] = [grams(a), grams(b)]
  const shared = ofA.filter((gram) => ofB.includes(gram)).length
  return shared / new Set([...ofA, ...ofB]).size
}
