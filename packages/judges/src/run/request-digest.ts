import { digestText } from '@judgelab/core'
import type { ServiceRequest } from '../judge.js'

/**
 * What a request is known by, in the cache and in a batch: digest of the service (provider and address), path, repeat and the
 * body as it is sent. No credential is part of a request.
 */
export function requestDigest(service: string, { path, json, repeat }: ServiceRequest): string {
  return digestText(`${JSON.stringify([service, path, repeat])}${json}`)
}
