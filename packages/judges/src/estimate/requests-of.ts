import type { BulkJudge, ServiceJudge } from '../judge.js'

/** The judge whose requests are sent, call by call or in files; undefined of the evaluation service, which makes its own. */
export function requestsOf(judge: ServiceJudge | BulkJudge): ServiceJudge | undefined {
  return 'compose' in judge ? judge : judge.requests
}
