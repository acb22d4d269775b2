import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { parseStudy, type StudyTuning } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { exportPairs, trlTrainingFiles } from '../src/index.js'
import { pairsFromResponses } from '../src/pairs/responses.js'
import { madeExample } from './made-examples.js'

const [tuning] = parseStudy(
  `version: 1
name: s
title: T
question: Q
benchmark: { source: builtin }
split: { method: together-2026 }
judges: [{ name: gpt-oss, provider: openai-compatible, model: openai/gpt-oss-120b, baseUrl: http://localhost:8000/v1 }]
pairs: {}
tuning: [{ name: oss+dpo, base: gpt-oss, backend: trl, learningRate: 5.0e-6, loss: cdpo, labelSmoothing: 0.1, hosted: { loraRank: 64, batchSize: 64 } }]
`,
  's.yaml',
).tuning as [StudyTuning]

const files = trlTrainingFiles({ tuning, model: 'openai/gpt-oss-120b', pairs: 4866, gpus: 8, nodes: 4 })

describe('the files for a training by TRL', () => {
  it('hold the parameters of the study', () => {
    expect(JSON.parse(files['dpo.json'] as string)).toMatchObject({
      model: 'openai/gpt-oss-120b',
      dpo: {
        loss_type: 'sigmoid',
        label_smoothing: 0.1,
        beta: 0.1,
        num_train_epochs: 3,
        learning_rate: 5e-6,
        per_device_train_batch_size: 1,
        gradient_accumulation_steps: 8, // 64 pairs a step on 8 GPUs
        eval_steps: 46, // 77 steps an epoch, 231 in all, 5 evaluations
      },
      lora: { r: 64, lora_alpha: 32, target_modules: 'all-linear' },
    })
  })

  it('are YAML that names the machines, and a page with a command for one node and for several, not executed here', () => {
    expect(parse(files['one-node.yaml'] as string)).toMatchObject({
      distributed_type: 'FSDP',
      num_machines: 1,
      num_processes: 8,
    })
    expect(parse(files['several-nodes.yaml'] as string)).toMatchObject({ num_machines: 4, num_processes: 32 })
    expect(parse(files['several-nodes-deepspeed.yaml'] as string)).toMatchObject({
      distributed_type: 'DEEPSPEED',
      deepspeed_config: { zero_stage: 3 },
    })
    expect(files['README.md']).toContain('**Not executed here.**')
    expect(files['README.md']).toContain('accelerate launch --config_file one-node.yaml train.py')
    expect(files['README.md']).toContain('accelerate launch --config_file several-nodes.yaml --machine_rank "$RANK"')
  })

  it('have a script that Python reads', () => {
    const folder = mkdtempSync(join(tmpdir(), 'judgelab-trl-'))
    try {
      writeFileSync(join(folder, 'train.py'), files['train.py'] as string)
      if (hasPython()) execFileSync('python3', ['-m', 'py_compile', join(folder, 'train.py')])
    } finally {
      rmSync(folder, { recursive: true })
    }
    expect(files['train.py']).toContain('load_dataset("parquet", data_files=files)')
  })
})

describe('conversational Parquet', () => {
  it('holds lists of role and content for another reader', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'judgelab-trl-'))
    try {
      const file = join(folder, 'train.parquet')
      await exportPairs(pairsFromResponses([madeExample('e', 'Math', [4, 5, 6])]), {
        format: 'trl-conversational',
        file,
      })
      const connection = await (await DuckDBInstance.create()).connect()
      const described = await connection.runAndReadAll(`describe select * from '${file}'`)
      expect(described.getRowsJson().map(([name, type]) => [name, type])).toEqual(
        ['prompt', 'chosen', 'rejected'].map((name) => [name, 'STRUCT("role" VARCHAR, "content" VARCHAR)[]']),
      )
      const rows = await connection.runAndReadAll(
        `select prompt[1].content, chosen[1].role, rejected[1].content from '${file}'`,
      )
      expect(rows.getRowsJson()).toEqual([
        ['Question e?', 'assistant', 'e-1 x'],
        ['Question e?', 'assistant', 'e-2 xx'],
      ])
      connection.closeSync()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
