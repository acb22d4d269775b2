import { z } from 'zod'
import type { Message, Prompt } from '../formats/message.js'

export const messageSchema: z.ZodType<Message> = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string(),
})
export const promptSchema: z.ZodType<Prompt> = z.union([z.string(), z.array(messageSchema).min(1)])
