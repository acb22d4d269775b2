/**
 * A server in a process of its own that answers every chat completion with one verdict, after a given time.
 *
 *   fork('answering-server.mjs', [milliseconds])      sends its port to its parent, ends with it
 */
import { createServer } from 'node:http'

const latencyMs = Number(process.argv[2] ?? 0)
const body = JSON.stringify({
  id: 'chatcmpl-fixed',
  object: 'chat.completion',
  created: 1_767_225_600,
  model: 'fixed',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'The first is right.\nVerdict: A', refusal: null },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 900, completion_tokens: 9, total_tokens: 909 },
})
const headers = {
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body),
  'x-request-id': 'req_1',
}

const server = createServer((request, response) => {
  const answer = () => response.writeHead(200, headers).end(body)
  request.resume()
  request.on('end', () => (latencyMs > 0 ? setTimeout(answer, latencyMs) : answer()))
})
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port))
process.on('disconnect', () => process.exit())
