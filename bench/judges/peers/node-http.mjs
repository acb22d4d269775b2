import { Agent, request } from 'node:http'
import { concurrency, count, loop, report, url } from '../examples.mjs'

const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
const { hostname, port } = new URL(url)
const post = (body) =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body)
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      authorization: 'Bearer none',
    }
    const sent = request({ hostname, port, path: '/v1/chat/completions', method: 'POST', agent, headers }, (reply) => {
      const chunks = []
      reply.on('data', (chunk) => chunks.push(chunk))
      reply.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
      reply.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(text)
  })
const verdicts = await loop(count, concurrency, post)
agent.destroy()
report(verdicts)
