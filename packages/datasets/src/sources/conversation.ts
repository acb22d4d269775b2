import type { Message, Prompt } from '@judgelab/core'

/** True for a list of messages, as chat files have them. */
export function isConversation(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => item !== null && typeof item === 'object' && 'role' in item && 'content' in item)
  )
}

/**
 * A value as messages: a list of `{role, content}` (content a text, or parts of which the texts are taken), or a
 * transcript whose turns begin with `\n\nHuman:` and `\n\nAssistant:`. Undefined for anything else, other roles included.
 */
export function conversationOf(value: unknown): readonly Message[] | undefined {
  if (typeof value === 'string') return transcriptOf(value)
  if (!isConversation(value)) return undefined
  const messages: Message[] = []
  for (const { role, content } of value as readonly { role: unknown; content: unknown }[]) {
    const text = contentText(content)
    if (text === undefined || !isRole(role)) return undefined
    messages.push({ role, content: text })
  }
  return messages
}

/** Messages as a prompt: one message of the user is a text. */
export function promptOf(messages: readonly Message[]): Prompt | undefined {
  const [only, ...others] = messages
  if (only === undefined) return undefined
  return others.length === 0 && only.role === 'user' ? only.content : messages
}

/** True where two prompts ask the same, white space around it aside; a text is also the last turn of a conversation. */
export function samePrompt(prompt: Prompt, other: Prompt): boolean {
  if (typeof prompt !== 'string' && typeof other !== 'string')
    return (
      prompt.length === other.length &&
      prompt.every(({ role, content }, at) => role === other[at]?.role && content === other[at]?.content)
    )
  return lastTurn(prompt).trim() === lastTurn(other).trim()
}

function lastTurn(prompt: Prompt): string {
  return typeof prompt === 'string' ? prompt : (prompt.at(-1)?.content ?? '')
}

function isRole(role: unknown): role is Message['role'] {
  return role === 'system' || role === 'user' || role === 'assistant'
}

/** A content's text; parts that are no text (images) make it undefined, because a judge would not see them. */
function contentText(content: unknown): string | undefined {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return undefined
  const parts = content.map((part: unknown) => {
    const { type, text } = (part ?? {}) as { type?: unknown; text?: unknown }
    return (type === undefined || type === 'text') && typeof text === 'string' ? text : undefined
  })
  return parts.includes(undefined) ? undefined : parts.join('')
}

function transcriptOf(text: string): readonly Message[] | undefined {
  if (!/^\s*Human:/.test(text)) return undefined
  const turns = text.trimStart().split(/(?:^|\n\n)(Human|Assistant):[ \t]?/)
  const messages: Message[] = []
  for (let at = 1; at < turns.length; at += 2)
    messages.push({ role: turns[at] === 'Human' ? 'user' : 'assistant', content: (turns[at + 1] as string).trim() })
  return messages
}
