import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'

const SUBSETS = ['Factuality', 'Precise IF', 'Math', 'Safety', 'Focus', 'Ties']

/**
 * Writes `examples.jsonl` and two runs' logs of so many comparisons in both orders, as a run leaves them: one right two
 * times of three, the other a little more often; a few failures, ties and lines that were asked again.
 */
export async function inventLogs(folder, comparisons) {
  const draw = dice(comparisons)
  const examples = join(folder, 'examples.jsonl')
  await writeLines(examples, comparisons, (at) => [
    {
      v: 1,
      id: `example-${at}`,
      subset: SUBSETS[at % 6],
      prompt: 'p'.repeat(200),
      responses: [{ text: 'a' }, { text: 'b' }],
      chosen: [0],
      metadata: {},
    },
  ])
  const logs = []
  for (const [run, skill] of [0.66, 0.68].entries()) {
    const log = join(folder, `run-${run}.jsonl`)
    await writeLines(log, comparisons, (at) =>
      [
        [0, 1],
        [1, 0],
      ].flatMap((slots) => {
        const line = judgment(at, slots, draw, skill)
        return draw() < 0.001 ? [judgment(at, slots, draw, 0), line] : [line]
      }),
    )
    logs.push(log)
  }
  return { examples, logs }
}

function judgment(at, slots, draw, skill) {
  const chance = draw()
  const outcome =
    chance < 0.01
      ? { kind: 'failed', reason: 'length', detail: 'cut after 256 tokens' }
      : { kind: 'choice', slot: chance < 0.05 ? 'tie' : draw() < skill ? slots.indexOf(0) : slots.indexOf(1) }
  return {
    v: 1,
    presentationId: `example-${at}|pairwise|${slots.join('-')}#0`,
    exampleId: `example-${at}`,
    comparisonId: `example-${at}:0>1`,
    mode: 'pairwise',
    slots,
    repeat: 0,
    outcome,
    raw: `Response A ${'says what was asked '.repeat(8)}.\nVerdict: A`,
    usage: { inputTokens: 612, outputTokens: 57 },
    latencyMs: 812.5,
    at: '2026-02-02T12:00:00.000Z',
  }
}

async function writeLines(file, count, linesOf) {
  const stream = createWriteStream(file, { highWaterMark: 1 << 20 })
  for (let at = 0; at < count; at++)
    for (const line of linesOf(at)) if (!stream.write(`${JSON.stringify(line)}\n`)) await once(stream, 'drain')
  stream.end()
  await once(stream, 'finish')
}

/** Uniform in [0, 1), by seed (mulberry32). */
function dice(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
