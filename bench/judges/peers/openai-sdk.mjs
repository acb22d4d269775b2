import OpenAI from 'openai'
import pLimit from 'p-limit'
import { bodyAt, concurrency, count, report, url, verdictOf } from '../examples.mjs'

const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none' })
const limit = pLimit(concurrency)
const verdicts = [0, 0]
await Promise.all(
  Array.from({ length: count }, (_, at) =>
    limit(async () => {
      verdicts[verdictOf(await client.chat.completions.create(bodyAt(at)))]++
    }),
  ),
)
report(verdicts)
process.exit()
