import { execFile } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { listRuns, loadJudgments, loadRunManifest, type Project, runFolder, toJsonl } from '@judgelab/core'
import { EMULATOR_KEY, type Emulator, startEmulator } from '@judgelab/emulator'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadStudy, rehearseStudy, runStudy, silentProgress } from '../src/index.js'
import type { CollectedRun } from '../src/study/judges/collect-runs.js'
import { runApart, runHere } from './command.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

let emulator: Emulator
beforeEach(async () => {
  emulator = await startEmulator({ unseeded: 'repeat' })
  vi.stubEnv('OPENAI_API_KEY', EMULATOR_KEY)
  vi.stubEnv('TOGETHER_API_KEY', EMULATOR_KEY)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await emulator.close()
})

/** The small study with these judges beside its own, in a project that has the real prompts and registry. */
function projectWith(...judges: readonly string[]): Project {
  const project = smallProject(newFolder())
  cpSync(join(ROOT, 'prompts'), project.prompts, { recursive: true })
  cpSync(join(ROOT, 'data', 'models.json'), join(project.data, 'models.json'))
  const file = join(project.studies, 'small.yaml')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('judges:\n', `judges:\n${judges.map((judge) => `  - ${judge}\n`).join('')}`))
  return project
}

/** Judgments for critiques: of 39 training examples, in both orders, two of each. */
const SAMPLED = 2 * 2 * 39
const BATCH = 'provider: openai, model: gpt-4.1-2025-04-14'
const run = promisify(execFile)
const quietly = { progress: silentProgress, signal: new AbortController().signal, withReport: false, firstPauseMs: 1 }

async function runOf(project: Project, begin: string) {
  const runId = (await listRuns(project.runs)).find((id) => id.startsWith(begin)) as string
  return runFolder(project.runs, runId)
}

describe('a study with a judge asked in batches', () => {
  it('is stopped while they are out, and collected by another command', async () => {
    const judge = `{ name: gpt, provider: openai, model: gpt-4.1-2025-04-14, baseUrl: "${emulator.openAiUrl}", engine: batch, prices: { input: 2, output: 8, batchShare: 0.5 } }`
    const project = projectWith(judge)
    const loaded = await loadStudy('small', project.root)
    const stop = new AbortController()
    const progress = {
      ...silentProgress,
      say: (line: string) => {
        if (line.includes('1 batches out')) stop.abort(new Error('enough'))
      },
    }
    await expect(runStudy(loaded, { ...quietly, progress, signal: stop.signal })).rejects.toThrow('enough')
    const run = await runOf(project, 'openai-')
    expect(await loadRunManifest(run)).toMatchObject({ engine: 'batch', completedAt: null, prices: { input: 1 } })
    const status = await runHere(project.root, 'batch', 'status', 'small')
    expect([status.code, status.stdout]).toEqual([0, expect.stringMatching(/batch_\S+\s+validating|in_progress/)])
    let taken = { code: 0 as number | null, stdout: '', stderr: '' }
    for (let look = 0; look < 6 && (await loadJudgments(run)).length === 0; look++)
      taken = await runHere(project.root, 'batch', 'collect', 'small')
    expect([taken.code, taken.stderr]).toEqual([0, expect.stringContaining('24 of 24 judged')])
    expect(taken.stdout).not.toContain('judgelab run')
    const { results } = await runStudy(loaded, quietly)
    expect(results.judges.find(({ name }) => name === 'gpt')?.counts.failed).toBe(0)
    expect(emulator.stats()).toMatchObject({ contents: 24, answered: 24, byPath: { 'POST /batches': 1 } })
    const settled = await runHere(project.root, 'batch', 'status', 'openai-', '--json')
    expect(JSON.parse(settled.stdout)).toMatchObject([{ status: 'completed', answered: 24, requests: 24 }])
    expect((await runHere(project.root, 'batch', 'cancel', 'small')).stdout).toContain('0 cancelled')
  })

  it('has the sampling of its critiques collected too', async () => {
    const project = projectWith(`{ name: gpt, ${BATCH}, baseUrl: "${emulator.openAiUrl}", engine: batch }`)
    const file = join(project.studies, 'small.yaml')
    const text = readFileSync(file, 'utf8').replace(/^tuning:\n.*\ncontrasts:\n.*\n/m, '')
    writeFileSync(file, text.replace('pairs: {', 'pairs: { strategy: critiques, judge: gpt, samples: 2,'))
    const loaded = await loadStudy('small', project.root)
    await expect(runStudy(loaded, { ...quietly, ...stopWhenOut() })).rejects.toThrow('enough')
    const taken = await collectedWhole(project.root, 'small')
    expect(taken).toMatchObject([{ judge: 'gpt+samples', taken: SAMPLED, done: SAMPLED }])
    const named = await runHere(project.root, 'batch', 'collect', String(taken[0]?.runId), '--json')
    expect(JSON.parse(named.stdout)).toMatchObject([{ judge: 'gpt+samples', taken: 0, done: SAMPLED }])
    expect(emulator.stats()).toMatchObject({ answered: emulator.stats().contents, byPath: { 'POST /batches': 1 } })
  })

  it('shares a run with another study, for which it is collected and cancelled as well', async () => {
    const project = projectWith(`{ name: gpt, ${BATCH}, baseUrl: "${emulator.openAiUrl}", engine: batch }`)
    const text = readFileSync(join(project.studies, 'small.yaml'), 'utf8')
    writeFileSync(join(project.studies, 'second.yaml'), text.replace('name: small', 'name: second'))
    for (const name of ['small', 'second'])
      await expect(runStudy(await loadStudy(name, project.root), { ...quietly, ...stopWhenOut() })).rejects.toThrow()
    expect((await runHere(project.root, 'batch', 'status', 'second')).stdout).toContain('1 batches')
    expect((await runHere(project.root, 'batch', 'cancel', 'second')).stdout).toContain('1 cancelled')
    const { stdout } = await runHere(project.root, 'batch', 'collect', 'second')
    expect(stdout).toMatch(/gpt\s+\d+\s+\d+\s+24\s+openai-/)
    expect(emulator.stats().byPath).toMatchObject({ 'POST /batches': 1 })
  })

  it('is rehearsed whole, whatever answers its files', async () => {
    const project = projectWith(
      '{ name: gpt, provider: openai, model: gpt-4.1-2025-04-14, engine: batch }',
      '{ name: own, provider: openai-compatible, model: Qwen/Qwen3-8B, engine: vllm }',
    )
    const { runs } = await rehearseStudy(await loadStudy('small', project.root), { ...quietly, env: {} })
    for (const { contender, run } of runs.filter(({ contender: { name } }) => name === 'gpt' || name === 'own')) {
      const judgments = await loadJudgments(run.folder)
      expect([contender.name, judgments.length]).toEqual([contender.name, 24])
      expect(await loadRunManifest(run.folder)).toMatchObject({ engine: 'batch', rehearsed: true })
    }
  })
})

describe('a judge command by engine batch', () => {
  it('is killed while its batch is out, and collected by another process in a copy of the project', {
    timeout: 90_000,
  }, async () => {
    const { root } = projectWith()
    const rows = Array.from({ length: 8 }, (_, at) => ({
      prompt: `${at} + 1?`,
      chosen: `${at + 1}`,
      rejected: `${at}`,
    }))
    writeFileSync(join(root, 'mine.jsonl'), toJsonl(rows))
    const env = { OPENAI_API_KEY: EMULATOR_KEY }
    const options = ['--judge', 'openai:gpt-4.1-2025-04-14', '--base-url', emulator.openAiUrl, '--engine', 'batch']
    const judge = ['judge', 'mine.jsonl', '--columns', 'prompt=prompt,chosen=chosen,rejected=rejected', ...options]
    const killed = await runApart({ cwd: root, env, killAfter: '1 batches out' }, ...judge)
    expect([killed.code, killed.stderr]).toEqual([null, expect.stringContaining('0 of 16 answered, 1 batches out')])
    const copy = join(newFolder(), 'copy')
    renameSync(root, copy)
    const [runId] = await listRuns(join(copy, 'runs'))
    for (let look = 0; look < 4; look++) await runHere(copy, 'batch', 'status', String(runId))
    const { code, stdout, stderr } = await runApart({ cwd: copy, env }, 'batch', 'collect', join('runs', String(runId)))
    expect([code, stderr]).toEqual([0, expect.stringContaining('16 of 16 judged')])
    expect(stdout).toMatch(/judge\s+\d+\s+16\s+16/)
    const again = JSON.parse((await runHere(copy, ...judge, '--json')).stdout)
    expect(again).toMatchObject({ runId, n: 8, failures: {} })
    expect(emulator.stats()).toMatchObject({ contents: 16, answered: 16, byPath: { 'POST /batches': 1 } })
  })

  it('in a folder of its own is found by that, and says how what is missing is asked', async () => {
    const { root } = projectWith()
    const folder = join(newFolder(), 'here')
    const options = ['--judge', 'openai-compatible:my/judge', '--engine', 'vllm', '--limit', '3', '--run', folder]
    const { code, stderr } = await runHere(root, 'judge', 'builtin', '--path', 'data/small.jsonl', ...options)
    expect([code, stderr]).toEqual([75, expect.stringContaining('1 file with 6 requests to be answered by vLLM')])
    expect((await runHere(root, 'batch', 'status', folder)).stdout).toContain('to be answered')
    const { stdout } = await runHere(root, 'batch', 'collect', folder)
    expect(stdout).toMatch(/judge\s+0\s+0\s+6/)
    expect(stdout).toContain('The same judgelab judge command, given again, submits what is missing')
    await run('bash', [join(folder, 'jobs', 'vllm.sh')], { env: environmentWith(binWithVllm()) })
    expect((await runHere(root, 'batch', 'collect', folder)).stdout).toMatch(/judge\s+6\s+6\s+6/)
  })
})

/** Collects, as often as the emulator needs looks to go on, until a run is whole. */
async function collectedWhole(root: string, named: string): Promise<CollectedRun[]> {
  for (let look = 0; look < 10; look++) {
    const collected = JSON.parse((await runHere(root, 'batch', 'collect', named, '--json')).stdout) as CollectedRun[]
    if (collected.length > 0 && collected.every(({ done, total }) => done === total)) return collected
  }
  throw new Error(`${named} is not whole after 10 looks`)
}

/** Stops a study as soon as it waits for a batch. */
function stopWhenOut() {
  const stop = new AbortController()
  const say = (line: string): void => {
    if (line.includes('1 batches out')) stop.abort(new Error('enough'))
  }
  return { signal: stop.signal, progress: { ...silentProgress, say } }
}

describe('a study with a judge of engine vllm', () => {
  it('stops with the command that answers its files, and reads what that leaves beside them', async () => {
    const project = projectWith('{ name: own, provider: openai-compatible, model: my/judge, engine: vllm }')
    const loaded = await loadStudy('small', project.root)
    const stopped = await runStudy(loaded, quietly).catch((error: Error) => error.message)
    expect(stopped).toMatch(/1 file with 24 requests to be answered by vLLM: bash \S+vllm\.sh/)
    const script = /bash (\S+vllm\.sh)/.exec(String(stopped))?.[1] as string
    expect(existsSync(join(dirname(script), 'vllm.slurm'))).toBe(true)
    expect((await runHere(project.root, 'batch', 'status', 'small')).stdout).toContain('to be answered')
    expect((await runHere(project.root, 'batch', 'collect', 'small')).stdout).toContain('judgelab run small')
    await run('bash', [script, '--tensor-parallel-size', '1'], { env: environmentWith(binWithVllm()) })
    const { stdout } = await runHere(project.root, 'batch', 'collect', 'small')
    expect(stdout).toMatch(/own\s+24\s+24\s+24/)
    const own = await runOf(project, 'openai-compatible')
    expect(await loadRunManifest(own)).toMatchObject({ engine: 'vllm', prices: { input: 0, output: 0 } })
    expect((await loadJudgments(own)).every(({ outcome }) => outcome.kind === 'choice')).toBe(true)
    await runStudy(loaded, quietly)
    expect(emulator.stats()).toMatchObject({ contents: 24, answered: 24 })
  })
})

describe('a study with a judge of engine vllm, by Slurm', () => {
  it('is answered by the command that was printed, from any folder', async () => {
    const project = projectWith('{ name: own, provider: openai-compatible, model: my/judge, engine: vllm }')
    const loaded = await loadStudy('small', project.root)
    const stopped = await runStudy(loaded, quietly).catch((error: Error) => error.message)
    const command = /\(or (.*sbatch .+)\); then/.exec(String(stopped))?.[1] as string
    const bin = binWithVllm()
    writeProgram(join(bin, 'sbatch'), SBATCH)
    await run('bash', ['-c', command], { cwd: newFolder(), env: environmentWith(bin) })
    expect((await runHere(project.root, 'batch', 'collect', 'small')).stdout).toMatch(/own\s+24\s+24\s+24/)
    expect(emulator.stats()).toMatchObject({ contents: 24, answered: 24 })
  })
})

/** As Slurm does it: the script is copied to a spool folder and run there, each task told where it was submitted. */
const SBATCH = `#!/usr/bin/env bash
set -euo pipefail
spool="$(mktemp -d)"
trap 'rm -r "$spool"' EXIT
export SLURM_SUBMIT_DIR="$PWD"
cp "$1" "$spool/slurm_script"
last="$(sed -n 's/^#SBATCH --array=0-\\([0-9]*\\)%8$/\\1/p' "$1")"
cd "$spool"
for SLURM_ARRAY_TASK_ID in $(seq 0 "$last"); do
  export SLURM_ARRAY_TASK_ID
  bash "$spool/slurm_script"
done
`

function environmentWith(bin: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    VLLM_STAND_IN: emulator.bothUrl,
    VLLM_STAND_IN_KEY: EMULATOR_KEY,
  }
}

/** A folder with a `vllm` in it. */
function binWithVllm(): string {
  const bin = join(newFolder(), 'bin')
  mkdirSync(bin)
  copyFileSync(fileURLToPath(new URL('./stand-in-vllm.mjs', import.meta.url)), join(bin, 'vllm.mjs'))
  writeProgram(join(bin, 'vllm'), `#!/bin/sh\nexec "${process.execPath}" "${join(bin, 'vllm.mjs')}" "$@"\n`)
  return bin
}

function writeProgram(file: string, text: string): void {
  writeFileSync(file, text)
  chmodSync(file, 0o755)
}
