/** Texts for timing and recall: words drawn by Zipf's law from an invented vocabulary, and near copies of known similarity. */
import { createNumpyRandom } from '../../packages/core/dist/index.js'

const SYLLABLES = ['ba', 'co', 'di', 'fu', 'ga', 'he', 'ki', 'lo', 'mu', 'ne', 'pa', 'ro', 'si', 'tu', 'va', 'ze']

/** `count` texts of `meanWords` words on average (half of it to one and a half times). */
export function inventedTexts({ count, meanWords, seed }) {
  const random = createNumpyRandom(seed)
  const vocabulary = Array.from({ length: 20_000 }, (_, at) => wordOf(at))
  // Zipf with exponent 1: the word of rank r has chance in proportion to 1 / r; by inverting the integral of 1 / r.
  const draw = () => vocabulary[Math.floor(vocabulary.length ** random.randomSample()) - 1]
  return Array.from({ length: count }, () => {
    const words = Array.from({ length: Math.round(meanWords * (0.5 + random.randomSample())) }, draw)
    return sentences(words)
  })
}

/** A near copy: every word is replaced with chance `rate` by one that occurs nowhere else. */
export function nearCopy(text, { rate, random }) {
  return text.replace(/[a-z]+/gi, (word) =>
    random.randomSample() < rate ? `x${random.randint(0, 0xffffffff).toString(36)}` : word,
  )
}

function wordOf(at) {
  let word = ''
  for (let rest = at + 16; rest > 0; rest = Math.floor(rest / 16)) word += SYLLABLES[rest % 16]
  return word
}

function sentences(words) {
  return words
    .map(
      (word, at) => (at % 12 === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word) + (at % 12 === 11 ? '.' : ''),
    )
    .join(' ')
}
