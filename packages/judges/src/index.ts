export type {
  Answer,
  BulkAnswer,
  BulkCall,
  BulkJudge,
  Call,
  Judge,
  OwnJudge,
  ServiceJudge,
  ServiceReply,
  ServiceRequest,
} from './judge.js'
export { type AskedPresentations, presentComparisons, show } from './presentations.js'
export { createLocalJudge, type LocalJudgeOptions } from './providers/local.js'
export { NULL_JUDGES, type NullJudge } from './providers/null-judges.js'
export { createReplayJudge, type Recorded } from './providers/replay.js'
export { presentationsDigest, runIdOf } from './run/run-id.js'
export { type RunReport, type RunRequest, runJudge } from './run/run-judge.js'
