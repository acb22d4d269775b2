import { join } from 'node:path'
import { saveText } from '@judgelab/core'
import type { BulkJudge, ServiceJudge } from '../judge.js'
import { type BatchTuning, bulkJudge } from './batch-judge.js'
import type { BatchRecord } from './batch-record.js'
import { vllmBatches } from './vllm-batches.js'
import { shellWord, slurmScript, vllmScript } from './vllm-scripts.js'

/**
 * A judge whose requests are written in files for `vllm run-batch`, and its answers read when their files lie beside them.
 * The run stops with the command that answers the files; a later start, or `judgelab batch collect`, reads what is there.
 */
export function createVllmJudge(judge: ServiceJudge, tuning: BatchTuning = {}): BulkJudge {
  const { provider, model, baseUrl = 'http://localhost:8000/v1' } = judge.spec
  const prices = judge.prices ?? { input: 0, output: 0, source: 'machines of one’s own: nothing is paid for a token' }
  const judgeIn = (folder: string): BulkJudge =>
    bulkJudge(judge, vllmBatches(folder), {
      reach: { service: 'vllm', provider, baseUrl },
      credential: undefined,
      tuning,
      prices,
      isForgetful: false,
      handOff: (_, waiting) => handOff(folder, model, waiting),
    })
  return { ...judgeIn(''), collect: (calls, options) => judgeIn(options.folder).collect(calls, options) }
}

/** Writes the scripts beside the files, and says what they are for. Slurm’s finds the other one where it is submitted. */
async function handOff(folder: string, model: string, waiting: readonly BatchRecord[]): Promise<string> {
  const script = join(folder, 'vllm.sh')
  await saveText(script, vllmScript(model))
  await saveText(join(folder, 'vllm.slurm'), slurmScript(waiting.length))
  const requests = waiting.reduce((sum, record) => sum + record.requests, 0)
  const files = waiting.length === 1 ? '1 file' : `${waiting.length} files`
  return `${files} with ${requests} requests to be answered by vLLM: bash ${shellWord(script)} (or cd ${shellWord(folder)} && sbatch vllm.slurm); then give the same command again`
}
