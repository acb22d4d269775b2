import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { digest, type Project, saveJson } from '@judgelab/core'

/** One arrow of a study: inputs, what is done, and the files that come out. */
export interface Step {
  /** Unique within the study, like `tune:linear+dpo`. */
  readonly name: string
  /** What a reader sees while it runs. */
  readonly title: string
  /** Everything that the outputs depend on; any change of it runs the step again. */
  readonly inputs: unknown
  /** Files that stand when the step is done, absolute. */
  readonly outputs: readonly string[]
  /** True for what may cost time or money: tuning and judging, which `report` never starts. */
  readonly isLabour?: boolean | undefined
  /** True for what is done again though its inputs are the same. */
  readonly isForced?: boolean | undefined
  /** Does the work; what it returns is the line that the reader sees afterwards. */
  readonly run: () => Promise<string>
}

/** What each step of a study last ran on. */
interface StepRecord {
  readonly inputs: string
  /** Digest by output file, relative to the project's root. */
  readonly outputs: Readonly<Record<string, string>>
}

/** Remembers, in the study's artifacts, what each step ran on. */
export interface StepMemory {
  /** True when the step ran on these inputs before and its outputs still stand as it left them. */
  readonly isUnchanged: (step: Step) => Promise<boolean>
  readonly remember: (step: Step) => Promise<void>
}

/** The memory of a study's steps, `artifacts/<study>/steps.json`. An unreadable one is an empty one: steps run again. */
export async function openStepMemory(project: Project, study: string): Promise<StepMemory> {
  const file = join(project.artifacts, study, 'steps.json')
  const records = await loadRecords(file)
  const outputDigests = async (step: Step): Promise<Record<string, string>> => {
    const pairs = step.outputs.map(
      async (output) => [relative(project.root, output), await fileDigest(output)] as const,
    )
    return Object.fromEntries(await Promise.all(pairs))
  }
  return {
    isUnchanged: async (step) => {
      const record = records[step.name]
      if (record === undefined || record.inputs !== digest(step.inputs)) return false
      const now = await outputDigests(step)
      return digest(now) === digest(record.outputs) && !Object.values(now).includes(MISSING)
    },
    remember: async (step) => {
      records[step.name] = { inputs: digest(step.inputs), outputs: await outputDigests(step) }
      await saveJson(file, { formatVersion: 1, steps: records })
    },
  }
}

const MISSING = 'missing'

/** Digest of a file's bytes, read piece by piece; the word `missing` where there is no file. @throws what the system says of one that can't be read */
export async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const bytes of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(bytes as Buffer)
    return hash.digest('hex')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return MISSING
    throw error
  }
}

async function loadRecords(file: string): Promise<Record<string, StepRecord>> {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  return Object.fromEntries(Object.entries(stepsIn(text)).filter(([, record]) => isRecord(record)))
}

function stepsIn(text: string): Record<string, StepRecord> {
  try {
    const { formatVersion, steps } = JSON.parse(text) as { formatVersion?: number; steps?: Record<string, StepRecord> }
    return formatVersion === 1 ? (steps ?? {}) : {}
  } catch {
    return {}
  }
}

function isRecord(record: Partial<StepRecord> | null): record is StepRecord {
  return typeof record?.inputs === 'string' && typeof record.outputs === 'object' && record.outputs !== null
}
