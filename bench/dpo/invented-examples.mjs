// Examples that nobody wrote, for benchmarks of pairs.
import { createNumpyRandom } from '../../packages/core/dist/index.js'

/** Examples with one chosen and four rejected responses of 20 to 80 words each. */
export function* inventedExamples(examples) {
  const { randint } = createNumpyRandom(1)
  const words = Array.from({ length: 2000 }, (_, at) => `word${at.toString(36)}`)
  const text = () => Array.from({ length: randint(20, 81) }, () => words[randint(0, words.length)]).join(' ')
  for (let at = 0; at < examples; at++)
    yield {
      v: 1,
      id: `example-${at}`,
      subset: `subset ${at % 6}`,
      prompt: `${at}: ${text()}?`,
      responses: Array.from({ length: 5 }, () => ({ text: text() })),
      chosen: [0],
      metadata: {},
    }
}
