/** Example `at` of the benchmark: texts of a usual length, made when they are asked for. */
export function exampleAt(at) {
  const filler = 'It depends on what one counts, and on when one looks. '
  return {
    v: 1,
    id: `e${at}`,
    subset: 'all',
    prompt: `Question ${at}: how many are there, and why? ${filler.repeat(4)}`,
    responses: [{ text: `There are ${at}. ${filler.repeat(8)}` }, { text: `${at} or so. ${filler.repeat(6)}` }],
    chosen: [0],
    metadata: {},
  }
}

/** What a bare loop sends for an example: the same texts in a prompt as long as judgelab's. */
export function bodyAt(at) {
  const { prompt, responses } = exampleAt(at)
  const content = `${INSTRUCTION}\n${prompt}\n<<<1\n${responses[0].text}\n<<<END\n<<<2\n${responses[1].text}\n<<<END`
  return { model: 'bench', messages: [{ role: 'user', content }], temperature: 0, max_tokens: 1024 }
}

const INSTRUCTION = 'Decide which response serves the request better, then say so on the last line. '.repeat(16)

/** The verdict of a reply: the slot that it names. */
export function verdictOf(reply) {
  const label = /Verdict: ([AB])$/.exec(reply.choices[0].message.content)?.[1]
  if (label === undefined) throw new Error('a reply without a verdict')
  return label === 'A' ? 0 : 1
}

/** `count` calls, `concurrency` at once. */
export async function loop(count, concurrency, call) {
  let next = 0
  const verdicts = [0, 0]
  const work = async () => {
    while (next < count) verdicts[verdictOf(await call(bodyAt(next++)))]++
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  return verdicts
}

/** Arguments of a peer, and its report as the last thing that it does. */
export const [url, count, concurrency] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]

export function report(verdicts) {
  if (verdicts[0] + verdicts[1] !== count) throw new Error(`${verdicts} of ${count}`)
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  console.log(JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 }))
}
