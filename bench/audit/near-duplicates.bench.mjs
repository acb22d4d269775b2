/**
 * Times the search for near duplicates on 100,000 invented texts, in one process, against the limit of 60 s; prints rate, peak
 * memory, and how many of the planted near copies are found, by their true similarity.
 *
 * Run:  node scripts/build.mjs && node bench/audit/near-duplicates.bench.mjs [texts] [mean words]
 */
import { createNumpyRandom } from '../../packages/core/dist/index.js'
import { jaccard, nearDuplicates, shinglesOf } from '../../packages/datasets/dist/index.js'
import { inventedTexts, nearCopy } from './invented-texts.mjs'

const LIMIT_SECONDS = 60
const THRESHOLD = 0.6
const [total = 100_000, meanWords = 150] = process.argv.slice(2).map(Number)
const PLANTED = Math.min(2000, Math.floor(total / 10))

const random = createNumpyRandom(7)
const texts = inventedTexts({ count: total, meanWords, seed: 1 })
const known = texts.slice(0, total * 0.8)
const searched = texts.slice(total * 0.8)
// Replacing a word with chance p breaks the 5-grams that hold it: similarities from 1 down to about 0.3.
for (let at = 0; at < PLANTED; at++)
  searched[at] = nearCopy(known[random.randint(0, known.length)], { rate: 0.12 * random.randomSample(), random })
const knownOf = plantedSources()

const start = performance.now()
const found = nearDuplicates(searched, known, { threshold: THRESHOLD })
const seconds = (performance.now() - start) / 1000

const foundTexts = new Set(found.map(({ text }) => text))
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
const characters = texts.reduce((sum, text) => sum + text.length, 0)
console.log(
  `${total} texts of ${meanWords} words (${Math.round(characters / 1e6)} MB) in ${seconds.toFixed(1)} s: ${Math.round(total / seconds)} texts/s; peak memory of the process ${megabytes} MB (texts included); node ${process.version}`,
)
console.log('| true similarity | planted | found |')
console.log('|---|---|---|')
let missed = 0
for (const [low, high] of [
  [0.3, 0.4],
  [0.4, 0.5],
  [0.5, 0.6],
  [0.6, 0.65],
  [0.65, 0.7],
  [0.7, 0.8],
  [0.8, 0.9],
  [0.9, 1.01],
]) {
  const inRange = knownOf.flatMap(({ similarity }, at) => (similarity >= low && similarity < high ? [at] : []))
  const hits = inRange.filter((at) => foundTexts.has(at)).length
  if (low >= THRESHOLD) missed += inRange.length - hits
  console.log(`| ${low} to ${Math.min(1, high)} | ${inRange.length} | ${hits} |`)
}
const chance = found.filter(({ text }) => text >= PLANTED).length
console.log(`${chance} of the ${searched.length - PLANTED} texts without a plant were reported`)
templated()
const within = seconds <= LIMIT_SECONDS && chance === 0
console.log(`${missed} missed at or above ${THRESHOLD}; ${within ? 'within the limits' : 'OVER A LIMIT'}`)
process.exitCode = within ? 0 : 1

/**
 * The costly case: all texts from one template of 20 words, with few words of their own, so that all are candidates of each
 * other. For information, no limit.
 */
function templated() {
  const [template, ...own] = inventedTexts({ count: 8001, meanWords: 40, seed: 3 }).map((text) => text.split(' '))
  for (const words of [12, 6]) {
    const all = own.map((text) => [...template.slice(0, 20), ...text.slice(0, words)].join(' '))
    const began = performance.now()
    const near = nearDuplicates(all.slice(6000), all.slice(0, 6000), { threshold: THRESHOLD })
    const took = (performance.now() - began) / 1000
    console.log(
      `one template, ${words} words of their own: 2,000 against 6,000 texts in ${took.toFixed(1)} s (${near.length} near duplicates)`,
    )
  }
}

/** The similarity of each planted copy to the text that it was made of. */
function plantedSources() {
  const again = createNumpyRandom(7)
  return searched.slice(0, PLANTED).map((copy) => {
    const source = known[again.randint(0, known.length)]
    nearCopy(source, { rate: 0.12 * again.randomSample(), random: again })
    return { similarity: jaccard(shinglesOf(copy), shinglesOf(source)) }
  })
}
