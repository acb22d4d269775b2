import type { Api } from '@judgelab/core'
import { isRetryableStatus } from './call-error.js'
import { at, filteredParts, listAt, textAt } from './reply.js'

/** Why a body is no reply. */
export interface BodyProblem {
  readonly text: string
  readonly isRetryable: boolean
  readonly status?: number | undefined
}

/** Why a body with status 200 is no reply at all. One without choices, or with an empty text, is a reply. */
export function bodyProblem(body: unknown, api: Api): BodyProblem | undefined {
  if (body === null || typeof body !== 'object')
    return { text: 'answered with a body that is no JSON object, or not called one', isRetryable: true }
  if (filteredParts(body) !== undefined) return undefined
  const error = at(body, 'error') ?? at(listAt(body, 'choices')[0], 'error')
  if (error !== undefined && error !== null) {
    const code = at(error, 'code')
    const status = typeof code === 'number' && code >= 400 && code < 600 ? code : undefined
    const text = `answered with an error: ${textAt(error, 'message')?.slice(0, 300) ?? String(code)}`
    return { text, status, isRetryable: status === undefined || isRetryableStatus(status) }
  }
  if (Array.isArray(at(body, api === 'chat' ? 'choices' : 'output'))) return undefined
  return { text: `answered with something that is no reply of its ${api} API`, isRetryable: true }
}
