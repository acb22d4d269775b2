/**
 * The service of the benchmark, in a process of its own: answers every chat completion with the same text, after a latency.
 * Prints its port. Argument: the latency in milliseconds.
 */
import { createServer } from 'node:http'

const latencyMs = Number(process.argv[2] ?? 50)
const reply = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1770000000,
    model: 'bench',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: `${'The first response does what was asked. '.repeat(8)}\nVerdict: A` },
        finish_reason: 'stop',
        logprobs: null,
      },
    ],
    usage: { prompt_tokens: 600, completion_tokens: 80, total_tokens: 680 },
  }),
)
const headers = { 'content-type': 'application/json', 'content-length': reply.length }
const answer = (response) => {
  response.writeHead(200, headers)
  response.end(reply)
}
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume()
  request.once('end', () => (latencyMs === 0 ? answer(response) : setTimeout(answer, latencyMs, response)))
})
server.listen(0, '127.0.0.1', 4096, () => console.log(server.address().port))
