import type { IncomingHttpHeaders } from 'node:http'
import type { Vendor } from '../models/model-profile.js'

/** Where a request goes. */
export interface Address {
  /** Undefined when neither the path nor the client's name tells. */
  readonly vendor: Vendor | undefined
  /** Below the API's base: `/chat/completions`, `/_emulator/stats`. */
  readonly path: string
  /** With its `?`, or empty. */
  readonly query: string
}

/**
 * Reads an address. `/openai/v1` and `/together/v1` are one service each; `/v1` is both, told apart by the SDK that calls
 * (its User-Agent) or by an upload in Together's form. Any model may be asked for a chat there by OpenAI's SDK, as on a server of
 * one's own.
 */
export function readAddress(url: string, headers: IncomingHttpHeaders): Address | undefined {
  const at = url.indexOf('?')
  const whole = at < 0 ? url : url.slice(0, at)
  const query = at < 0 ? '' : url.slice(at)
  if (whole.startsWith('/_emulator')) return { vendor: undefined, path: whole, query }
  const [, named, path] = /^(?:\/(openai|together))?\/v1(\/.*)$/.exec(whole) ?? []
  if (path === undefined) return undefined
  return { vendor: (named as Vendor | undefined) ?? vendorOf(headers, path, query), path, query }
}

function vendorOf({ 'user-agent': agent = '' }: IncomingHttpHeaders, path: string, query: string): Vendor | undefined {
  if (/^together/i.test(agent) || query.includes('file_name=')) return 'together'
  return /^openai/i.test(agent) && path !== '/chat/completions' ? 'openai' : undefined
}
