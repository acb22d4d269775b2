// How the trainer's default learning rate was chosen: on invented examples, never on a benchmark.
// Run after a build: node bench/policy/learning-rate.mjs
import { priorPolicy, trainDpo } from '../../packages/policy/dist/index.js'
import { inventedExamples, pairsOf } from './invented-pairs.mjs'

const examples = inventedExamples(2000, 7)
const pairs = pairsOf(examples.slice(0, 1600))
const validation = pairsOf(examples.slice(1600))

console.log('rate   training loss   held-out loss   held-out reward accuracy')
for (const learningRate of [1, 3, 10, 30, 100]) {
  const { steps, validation: points } = trainDpo(priorPolicy(), pairs, { seed: 42, learningRate, validation })
  const last = steps.slice(-100)
  const trainingLoss = last.reduce((sum, { loss }) => sum + loss, 0) / last.length
  const { loss, rewardAccuracy } = points.at(-1)
  console.log(
    [
      String(learningRate).padEnd(6),
      trainingLoss.toFixed(4).padEnd(15),
      loss.toFixed(4).padEnd(15),
      rewardAccuracy.toFixed(3),
    ].join(' '),
  )
}
