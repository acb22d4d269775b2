import { concurrency, count, loop, report, url } from '../examples.mjs'

const headers = { 'content-type': 'application/json', authorization: 'Bearer none' }
const verdicts = await loop(count, concurrency, async (body) => {
  const reply = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body: JSON.stringify(body) })
  return reply.json()
})
report(verdicts)
process.exit()
