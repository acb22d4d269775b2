import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeConnection, openConnection, whenBound } from '../../src/kernel/connection.js'
import { type KernelClient, openClient } from '../../src/kernel/kernel-client.js'
import { spawnKernel } from '../../src/kernel/kernel-process.js'
import { tslabCommand } from '../../src/kernel/kernel-spec.js'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const STATS = join(ROOT, 'packages', 'stats')
const folder = mkdtempSync(join(tmpdir(), 'judgelab-completion-'))
let client: KernelClient
let end = async (): Promise<void> => {}

/** A folder with @judgelab/stats as it is built, and the kernel as Jupyter starts it. */
beforeAll(async () => {
  const built = join(folder, 'node_modules', '@judgelab', 'stats')
  mkdirSync(built, { recursive: true })
  copyFileSync(join(STATS, 'package.json'), join(built, 'package.json'))
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
  execFileSync(process.execPath, [tsc, '-p', join(STATS, 'tsconfig.build.json'), '--outDir', join(built, 'dist')])
  for (const name of ['@stdlib', 'tslab'])
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), 'junction')
  const connection = await openConnection('tcp')
  const spec = { name: 'tslab', argv: tslabCommand(), env: {}, transport: 'tcp' } as const
  const kernel = spawnKernel(spec, connection.file, { cwd: folder, env: process.env })
  client = openClient(connection, () => {})
  end = async () => {
    client.requestShutdown()
    await kernel.end(2_000)
    client.close()
    closeConnection(connection)
  }
  const ready = whenBound(connection, AbortSignal.timeout(120_000)).then(client.ready)
  await Promise.race([ready, kernel.died])
  const { content } = await client.ask('execute_request', {
    code: "import { proportionInterval } from '@judgelab/stats'\nconst held = proportionInterval(8, 10)",
    ...{ silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true },
  })
  expect(content.status).toBe('ok')
}, 180_000)

afterAll(async () => {
  await end()
  rmSync(folder, { recursive: true, force: true })
})

/** What Tab asks for at the sign `|`. */
async function complete(marked: string): Promise<{ readonly matches: unknown; readonly from: string }> {
  const at = marked.indexOf('|')
  const code = marked.replace('|', '')
  const { content } = await client.ask('complete_request', { code, cursor_pos: at })
  expect(content).toMatchObject({ status: 'ok', cursor_end: at })
  return { matches: content.matches, from: code.slice(Number(content.cursor_start), at) }
}

/** What Shift-Tab asks for at the sign `|`. */
async function inspect(marked: string): Promise<string> {
  const code = marked.replace('|', '')
  const { content } = await client.ask('inspect_request', { code, cursor_pos: marked.indexOf('|'), detail_level: 0 })
  expect(content).toMatchObject({ status: 'ok', found: true })
  return String((content.data as Readonly<Record<string, unknown>>)['text/plain'])
}

describe('the kernel as Jupyter starts it', { timeout: 60_000 }, () => {
  it('completes what a package exports, in an import and after it', async () => {
    expect(await complete("import { mcnem| } from '@judgelab/stats'")).toEqual({
      matches: expect.arrayContaining(['mcnemar']),
      from: 'mcnem',
    })
    expect(await complete('proportionInt|')).toEqual({ matches: ['proportionInterval'], from: 'proportionInt' })
  })

  it('completes the members of what an earlier cell named, and the options of a call', async () => {
    expect(await complete('held.va|')).toEqual({ matches: ['value'], from: 'va' })
    const { matches } = await complete('proportionInterval(8, 10, { | })')
    expect(matches).toEqual(expect.arrayContaining(['level', 'method']))
  })

  it('shows the signature and the words of a function, and the type of a name', async () => {
    const shown = await inspect('proportionInter|val(8, 10)')
    expect(shown).toMatch(/proportionInterval\(successes: number, trials: number/)
    expect(shown).toContain('Confidence interval for one proportion')
    expect(await inspect('hel|d')).toMatch(/^const held: /)
  })
})
