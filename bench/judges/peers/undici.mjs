import { Pool } from 'undici'
import { concurrency, count, loop, report, url } from '../examples.mjs'

const pool = new Pool(url, { connections: concurrency })
const headers = { 'content-type': 'application/json', authorization: 'Bearer none' }
const verdicts = await loop(count, concurrency, async (body) => {
  const reply = await pool.request({
    path: '/v1/chat/completions',
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return reply.body.json()
})
await pool.close()
report(verdicts)
