// Times feature extraction and DPO training on invented examples of RewardBench 2's size, on one core, and compares with limits.
// Run after a build: node bench/policy/speed.bench.mjs
import { priorPolicy, trainDpo } from '../../packages/policy/dist/index.js'
import { inventedExamples, pairsOf } from './invented-pairs.mjs'

const LIMITS = { extractionSeconds: 4, trainingSeconds: 2 }

const examples = inventedExamples(1800, 1)
const texts = examples.flatMap(({ chosen, rejected }) => [chosen, ...rejected])
const meanWords = texts.reduce((sum, text) => sum + text.split(' ').length, 0) / texts.length

const [pairs, extractionSeconds] = timed(() => pairsOf(examples))
const [result, trainingSeconds] = timed(() => trainDpo(priorPolicy(), pairs, { seed: 42 }))

const rate = Math.round(texts.length / extractionSeconds)
console.log(
  `extraction: ${texts.length} texts of ${meanWords.toFixed(0)} words in ${extractionSeconds.toFixed(2)} s, ${rate} texts/s (limit ${LIMITS.extractionSeconds} s)`,
)
console.log(
  `training: ${pairs.length} pairs x 3 epochs, ${result.steps.length} steps in ${trainingSeconds.toFixed(2)} s (limit ${LIMITS.trainingSeconds} s)`,
)
const within = extractionSeconds <= LIMITS.extractionSeconds && trainingSeconds <= LIMITS.trainingSeconds
console.log(within ? 'within the limits' : 'OVER A LIMIT')
process.exitCode = within ? 0 : 1

function timed(work) {
  const start = performance.now()
  const result = work()
  return [result, (performance.now() - start) / 1000]
}
