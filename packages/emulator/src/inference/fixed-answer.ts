import { jsonReply, type Reply } from '../http/reply.js'

/** The fixed answers: whatever is asked, this is said. */
export type FixedReplies = (path: string, body: Uint8Array) => Reply

/**
 * Replies written once, for benchmarks: nothing of a request is read but whether it speaks of a JSON schema. The usage is
 * made up.
 *
 * @param label the verdict in all of them
 */
export function fixedReplies(label: string): FixedReplies {
  const asText = `Verdict: ${label}`
  const asJson = JSON.stringify({ verdict: label })
  const chat = [chatReply(asText), chatReply(asJson)] as const
  const responses = [responsesReply(asText), responsesReply(asJson)] as const
  return (path, body) => {
    const wantsJson = Buffer.from(body.buffer, body.byteOffset, body.byteLength).includes('"json_schema"') ? 1 : 0
    return (path === '/responses' ? responses : chat)[wantsJson]
  }
}

function chatReply(content: string): Reply {
  return jsonReply({
    id: 'chatcmpl-fixed',
    object: 'chat.completion',
    created: 1_767_225_600,
    model: 'fixed',
    prompt: [],
    choices: [
      { index: 0, message: { role: 'assistant', content, refusal: null }, logprobs: null, finish_reason: 'stop' },
    ],
    usage: {
      prompt_tokens: 400,
      completion_tokens: 3,
      total_tokens: 403,
      prompt_tokens_details: { cached_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0 },
    },
  })
}

function responsesReply(text: string): Reply {
  return jsonReply({
    id: 'resp_fixed',
    object: 'response',
    created_at: 1_767_225_600,
    status: 'completed',
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model: 'fixed',
    output: [
      {
        id: 'msg_fixed',
        type: 'message',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text, annotations: [] }],
      },
    ],
    parallel_tool_calls: true,
    temperature: 1,
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    usage: {
      input_tokens: 400,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: 3,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 403,
    },
  })
}
