import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import { ConfigError, findProject, type Project } from '@judgelab/core'
import { startEmulator } from '@judgelab/emulator'
import { openAnswerCache } from '@judgelab/judges'
import { startKernel, tryFindChromium } from '@judgelab/report'
import { colorsFor } from '../terminal/colors.js'

const execFileAsync = promisify(execFile)

/** One thing that judgelab needs, or can use. */
interface Finding {
  readonly name: string
  readonly state: 'ok' | 'missing' | 'broken'
  readonly detail: string
  /** False for what only some work needs. */
  readonly required: boolean
}

/** `judgelab doctor`: what this machine has. Keys are reported as set or not, never shown. Returns true when nothing required is wrong. */
export async function doctorCommand({ json }: { readonly json?: boolean | undefined }): Promise<boolean> {
  const findings = [
    nodeFinding(),
    await kernelFinding(),
    await chromiumFinding(),
    await emulatorFinding(),
    await cacheFinding(),
    keyFinding('OPENAI_API_KEY'),
    keyFinding('TOGETHER_API_KEY'),
  ]
  process.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : findings.map(findingText).join(''))
  return findings.every(({ required, state }) => !required || state === 'ok')
}

function findingText({ name, state, detail, required }: Finding): string {
  const colors = colorsFor(process.stdout)
  const mark =
    state === 'ok' ? colors.green('ok     ') : required ? colors.red(state.padEnd(7)) : colors.yellow(state.padEnd(7))
  return `${mark} ${name.padEnd(18)} ${detail}\n`
}

function nodeFinding(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isEnough = major > 20 || (major === 20 && minor >= 19)
  return {
    name: 'Node',
    state: isEnough ? 'ok' : 'broken',
    detail: `${process.versions.node}, 20.19 or later is needed`,
    required: true,
  }
}

async function kernelFinding(): Promise<Finding> {
  const base = { name: 'TypeScript kernel', required: true }
  try {
    const kernel = await startKernel({ cwd: tmpdir() })
    const { status } = await kernel.execute('1 + 1').finally(() => kernel.shutdown())
    return { ...base, state: status === 'ok' ? 'ok' : 'broken', detail: 'tslab ran a cell' }
  } catch (error) {
    return { ...base, state: 'broken', detail: messageOf(error) }
  }
}

async function chromiumFinding(): Promise<Finding> {
  const found = tryFindChromium()
  const base = { name: 'Chromium', required: false }
  if (found === undefined)
    return { ...base, state: 'missing', detail: 'only for PDFs and for checking pages; CHROMIUM may name its path' }
  try {
    const { stdout } = await execFileAsync(found, ['--version'], { timeout: 10_000 })
    return { ...base, state: 'ok', detail: `${stdout.trim()} (${found})` }
  } catch (error) {
    return { ...base, state: 'broken', detail: `${found}: ${messageOf(error)}` }
  }
}

async function emulatorFinding(): Promise<Finding> {
  const base = { name: 'Emulator', required: false }
  try {
    const { url, close } = await startEmulator()
    await close()
    return { ...base, state: 'ok', detail: `listened at ${url}, for rehearsals` }
  } catch (error) {
    return { ...base, state: 'broken', detail: messageOf(error) }
  }
}

/** A cache that nothing was kept in is not made here. */
async function cacheFinding(): Promise<Finding> {
  const base = { name: 'Cache', required: false }
  try {
    const project = projectHere()
    if (project === undefined) return { ...base, state: 'missing', detail: 'no project here (a folder with studies/)' }
    if (!existsSync(project.cache)) return { ...base, state: 'ok', detail: `nothing kept yet (${project.cache})` }
    const cache = await openAnswerCache(project.cache)
    const count = cache.count()
    await cache.close()
    return { ...base, state: 'ok', detail: `${count} ${count === 1 ? 'answer' : 'answers'} kept (${project.cache})` }
  } catch (error) {
    return { ...base, state: 'broken', detail: messageOf(error) }
  }
}

function projectHere(): Project | undefined {
  try {
    return findProject()
  } catch (error) {
    if (error instanceof ConfigError) return undefined
    throw error
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function keyFinding(name: string): Finding {
  const isSet = (process.env[name] ?? '') !== ''
  return {
    name,
    state: isSet ? 'ok' : 'missing',
    detail: isSet ? 'set' : 'not set; only judges behind that service need it',
    required: false,
  }
}
