import { digest } from '@judgelab/core'
import type { ServiceRequest } from '../judge.js'

/**
 * What a request is known by, in the cache and in a batch: digest of the service (provider and address), path, body and
 * repeat. No credential is part of a request.
 */
export function requestDigest(service: string, { path, body, repeat }: ServiceRequest): string {
  return digest([service, path, body, repeat])
}
