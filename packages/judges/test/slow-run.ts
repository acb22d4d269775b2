/**
 * A child process of the crash test: a judge that takes its time over a hundred examples, until it is done or killed.
 * Prints the id of every presentation that it asks for. Argument: the folder of runs.
 */
import { setTimeout } from 'node:timers/promises'
import { runJudge } from '../src/index.js'
import { judgeOf } from './judge-of.js'
import { readingAnswer } from './reading-answer.js'
import { runRequest } from './run-request.js'

const { judge } = judgeOf(async (call) => {
  process.stdout.write(`${call.presentationId}\n`)
  await setTimeout(12)
  return readingAnswer(call)
}, 3)
await runJudge(runRequest(process.argv[2] as string, { judge, examples: 100 }))
