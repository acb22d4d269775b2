import type { Command } from 'commander'
import { registerBatch } from './batch-commands.js'
import { registerKernel, registerLab } from './notebook-commands.js'
import {
  registerClaim,
  registerCompare,
  registerDoctor,
  registerEmulator,
  registerFetch,
  registerRuns,
  registerShow,
  registerSql,
} from './project-commands.js'
import { registerPack, registerScore } from './scale-commands.js'
import {
  registerAudit,
  registerEstimate,
  registerJudge,
  registerPairs,
  registerRehearse,
  registerReport,
  registerRun,
  registerVerifySplit,
} from './study-commands.js'
import { registerTune } from './tuning-commands.js'

/** Tells with which code the process shall end, for a command that ends well and has bad news. */
export type SetCode = (code: number) => void

/** Every command of judgelab, in the order of its help. */
export function registerCommands(program: Command, setCode: SetCode): void {
  registerRun(program)
  registerEstimate(program)
  registerRehearse(program)
  registerJudge(program)
  registerPairs(program)
  registerTune(program)
  registerBatch(program)
  registerReport(program)
  registerAudit(program, setCode)
  registerVerifySplit(program, setCode)
  registerClaim(program, setCode)
  registerFetch(program)
  registerSql(program)
  registerRuns(program)
  registerShow(program)
  registerCompare(program)
  registerScore(program)
  registerPack(program)
  registerKernel(program)
  registerLab(program, setCode)
  registerEmulator(program, setCode)
  registerDoctor(program, setCode)
}
