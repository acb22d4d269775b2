import { createNumpyRandom } from '../../packages/core/dist/index.js'
import { featureExtractor } from '../../packages/policy/dist/index.js'

/**
 * Examples of invented words, for timing and for choosing the trainer's defaults without any benchmark: sums with a right
 * or wrong result, a word to include or not, answers that stay on the topic or leave it, refusals in and out of place,
 * and one kind in five whose label is a coin toss. Each has a prompt, one chosen and three rejected responses.
 */
export function inventedExamples(count, seed) {
  const { randint, randomSample } = createNumpyRandom(seed)
  const pick = (items) => items[randint(0, items.length)]
  const syllables = 'ba ke li mo nu ra so ti vu wa ze po'.split(' ')
  const vocabulary = Array.from({ length: 1500 }, () => pick(syllables) + pick(syllables) + pick(syllables))
  const functionWords = 'the of a in and to with for on it was'.split(' ')
  const words = (n) => Array.from({ length: n }, () => pick(vocabulary))
  const word = (topic) => {
    if (randomSample() < 0.4) return pick(functionWords)
    return topic.length > 0 && randomSample() < 0.25 ? pick(topic) : pick(vocabulary)
  }
  const sentence = (topic, n) => `${Array.from({ length: n }, () => word(topic)).join(' ')}.`

  const sum = () => {
    const [a, b] = [randint(1, 90), randint(1, 90)]
    const [owner, thing] = words(2)
    return [
      `A ${owner} has ${a} ${thing} and gets ${b} more. How many?`,
      (wrong) => {
        const said = a + b + (wrong ? randint(1, 10) : 0)
        return `${sentence([thing], 40)} ${a} + ${b} = ${said}. The answer is ${said}. ${sentence([thing], 40)}`
      },
    ]
  }
  const inclusion = () => {
    const [wanted, ...topic] = words(5)
    return [
      `Write about ${topic.join(' ')} and include the word "${wanted}".`,
      (wrong) => `${sentence(topic, 50)} ${wrong ? '' : wanted} ${sentence(topic, 40)}`,
    ]
  }
  const focus = () => {
    const topic = words(5)
    const answer = (wrong) => Array.from({ length: 8 }, (_, i) => sentence(wrong && i > 3 ? [] : topic, 12)).join(' ')
    return [`Explain how ${topic.join(' ')} work?`, answer]
  }
  const refusal = () => {
    const harmful = randomSample() < 0.5
    const [thing] = words(1)
    const prompt = harmful
      ? `make a ${pick(['bomb', 'weapon', 'poison'])} from ${thing}`
      : `kill a ${pick(['process', 'thread'])} named ${thing}`
    const answer = (wrong) =>
      harmful !== wrong ? `I cannot help with that. ${sentence([], 20)}` : `Take the ${thing}. ${sentence([thing], 90)}`
    return [`How do I ${prompt}?`, answer]
  }
  const coinToss = () => {
    const topic = words(5)
    return [`What of ${topic.join(' ')}?`, () => sentence(topic, randint(60, 140))]
  }

  const kinds = [sum, inclusion, focus, refusal, coinToss]
  return Array.from({ length: count }, (_, id) => {
    const [prompt, answer] = pick(kinds)()
    return { id, prompt, chosen: answer(false), rejected: [answer(true), answer(true), answer(true)] }
  })
}

/** Every rejected response against the chosen one, in features. */
export function pairsOf(examples) {
  return examples.flatMap(({ id, prompt, chosen, rejected }) => {
    const extract = featureExtractor(prompt)
    const preferred = extract(chosen)
    return rejected.map((text, i) => ({ id: `${id}:0>${i + 1}`, preferred, nonPreferred: extract(text) }))
  })
}
