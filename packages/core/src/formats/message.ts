/** One turn of a conversation. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** A prompt is a text, or a conversation whose last turn is the one to answer. */
export type Prompt = string | readonly Message[]

/** A prompt as one text: a conversation becomes `role: content` paragraphs. */
export function promptText(prompt: Prompt): string {
  if (typeof prompt === 'string') return prompt
  return prompt.map((message) => `${message.role}: ${message.content}`).join('\n\n')
}
