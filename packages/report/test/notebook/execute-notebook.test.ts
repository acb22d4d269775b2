import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  countChart,
  type ExecutedNotebook,
  executeNotebook,
  htmlFigure,
  htmlTable,
  NotebookError,
  notebookText,
  type Output,
  renderSvg,
  startKernel,
} from '../../src/index.js'
import { cellFailure } from '../../src/notebook/cell-failure.js'
import { type CellText, writeNotebook } from '../support/notebooks.js'
import { SAMPLE_TABLE } from '../support/sample-report.js'

const cwd = process.cwd()
const folder = mkdtempSync(join(tmpdir(), 'judgelab-test-'))

beforeAll(() => {
  vi.stubEnv('TMPDIR', folder)
})

afterAll(() => {
  vi.unstubAllEnvs()
  const left = readdirSync(folder).filter((name) => name.startsWith('judgelab-kernel-'))
  rmSync(folder, { recursive: true })
  expect(left, 'folders that a kernel left behind').toEqual([])
})

const run = async (cells: readonly CellText[], options = {}): Promise<ExecutedNotebook> =>
  executeNotebook(await writeNotebook(cells), { cwd, ...options })

const failure = async (cells: readonly CellText[], options = {}): Promise<NotebookError> => {
  const error = await run(cells, options).catch((error: unknown) => error)
  if (!(error instanceof NotebookError)) throw new Error(`expected a NotebookError, got ${error}`)
  return error
}

const outputsOf = (executed: ExecutedNotebook, index: number): readonly Output[] => {
  const cell = executed.notebook.cells[index]!
  return cell.cell_type === 'code' ? cell.outputs : []
}

describe.concurrent('executeNotebook, against the real tslab kernel', { timeout: 60_000 }, () => {
  it('keeps what cells print and show, each in its cell', async () => {
    const html = htmlTable(SAMPLE_TABLE)
    const svg = await renderSvg(countChart([{ label: 'a', count: 1 }], { finding: 'One.' }))
    const progress: string[] = []
    const executed = await run(
      [
        { markdown: '# Title' },
        'const a = 1\nconsole.log("one"); console.log("two"); console.error("three")',
        `import * as tslab from "tslab"\ntslab.display.html(${JSON.stringify(html)})`,
        `tslab.display.svg(${JSON.stringify(svg)})`,
        `tslab.display.html(${JSON.stringify(htmlFigure(svg, 'One <bar>.'))})`,
        'const later = tslab.newDisplay(); later.text("before")',
        'later.text("after")',
        '',
        'tslab.display.raw("application/json", {b: 1, a: [2]} as any); a + 1',
        'await new Promise((done) => setTimeout(done, 20)); console.log("awaited")',
      ],
      {
        onCell: (at: { cell: number; done: number; total: number }) =>
          progress.push(`${at.cell}: ${at.done}/${at.total}`),
      },
    )
    expect(outputsOf(executed, 1)).toEqual([
      { output_type: 'stream', name: 'stdout', text: 'one\ntwo\n' },
      { output_type: 'stream', name: 'stderr', text: 'three\n' },
    ])
    const display = (data: object): object => ({ output_type: 'display_data', data, metadata: {} })
    expect(outputsOf(executed, 2)).toEqual([display({ 'text/html': html })])
    expect(outputsOf(executed, 3)).toEqual([display({ 'image/svg+xml': svg })])
    expect(outputsOf(executed, 4)).toEqual([display({ 'text/html': htmlFigure(svg, 'One <bar>.') })])
    expect(outputsOf(executed, 5)).toEqual([display({ 'text/plain': 'after' })])
    expect(outputsOf(executed, 6)).toEqual([])
    expect(outputsOf(executed, 8)).toEqual([
      display({ 'application/json': { a: [2], b: 1 } }),
      { output_type: 'stream', name: 'stdout', text: '2\n' },
    ])
    expect(outputsOf(executed, 9)).toEqual([{ output_type: 'stream', name: 'stdout', text: 'awaited\n' }])
    expect(executed.cellCount).toBe(8)
    expect(progress).toEqual(['2: 1/8', '3: 2/8', '4: 3/8', '5: 4/8', '6: 5/8', '7: 6/8', '9: 7/8', '10: 8/8'])
    expect(notebookText(executed.notebook)).toContain('"execution_count": 8')
  })

  it('gives the same file when run again, also in a kernel that was started before and had run something', async () => {
    const path = await writeNotebook(['const a = 2', 'a * 21'])
    const kernel = await startKernel({ cwd })
    expect((await kernel.execute('console.log(1)')).outputs).toHaveLength(1)
    const first = await executeNotebook(path, { cwd, kernel })
    const second = await executeNotebook(path, { cwd, kernel: startKernel({ cwd }) })
    expect(notebookText(second.notebook)).toBe(notebookText(first.notebook))
    expect(first.notebook.cells.map((cell) => (cell.cell_type === 'code' ? cell.execution_count : 0))).toEqual([1, 2])
  })

  it('names notebook, cell, line and error when a cell does not compile', async () => {
    const error = await failure([{ markdown: 'x' }, 'const a = 1', 'const b = 2\nconst c: string = b', 'throw 1'])
    expect(error.message).toBe(
      `${error.path}: cell 3 line 2: 2:7 - Type 'number' is not assignable to type 'string'.\n    const c: string = b`,
    )
    expect(error).toMatchObject({ cell: 3, line: 2, sourceLine: 'const c: string = b' })
    expect(error.path).toMatch(/sample\.ipynb$/)
    expect(error.notebook.cells[1]).toMatchObject({ execution_count: 1 })
    expect(error.notebook.cells[3]).toMatchObject({ execution_count: null, outputs: [] })
  })

  it('goes on after a cell that is meant to fail', async () => {
    const code = 'const a = 1\nfunction f() {\n  throw new TypeError("no")\n}\nf()'
    const executed = await run([{ code, tags: ['raises-exception'] }, '"still here"'])
    const failed = { status: 'error', outputs: outputsOf(executed, 0) } as const
    expect(cellFailure(failed, code)).toEqual({ reason: 'TypeError: no', line: 3 })
    expect(outputsOf(executed, 1)).toMatchObject([{ text: 'still here\n' }])
  })

  it('ends a cell that runs for ever', async () => {
    const error = await failure([{ markdown: 'x' }, 'while (true) {}'], { timeoutMs: 3_000 })
    expect(error.message).toMatch(/: cell 2: no answer within 3 s\n {4}while \(true\) \{\}/)
  })

  it('says in which cell a kernel died', async () => {
    const error = await failure(['1', 'process.exit(3)'])
    expect(error.message).toMatch(/: cell 2: the tslab kernel died \(exit code 3\)\n {4}process\.exit\(3\)/)
  })

  it('stops when it is told to, with the reason given', async () => {
    const stop = new AbortController()
    const onCell = (): void => stop.abort(new Error('enough'))
    await expect(run(['1', 'while (true) {}'], { signal: stop.signal, onCell })).rejects.toThrow('enough')
    const before = AbortSignal.abort(new Error('not at all'))
    await expect(run(['1'], { signal: before })).rejects.toThrow('not at all')
  })

  it('runs any kernel that stands on the Jupyter path', async () => {
    const tslab = dirname(createRequire(import.meta.url).resolve('tslab/package.json'))
    const spec = join(folder, 'jupyter', 'kernels', 'other')
    mkdirSync(spec, { recursive: true })
    const argv = [process.execPath, join(tslab, 'bin', 'tslab'), 'kernel', '--config-path={connection_file}', '--js']
    writeFileSync(
      join(spec, 'kernel.json'),
      JSON.stringify({ argv, display_name: 'Other', env: { GREETING: 'hello' } }),
    )
    const path = await writeNotebook(['process.env.GREETING + " " + process.env.WHO'], 'other')
    const env = { JUPYTER_PATH: join(folder, 'jupyter'), WHO: 'you' }
    const executed = await executeNotebook(path, { cwd, env })
    expect(outputsOf(executed, 0)).toEqual([{ output_type: 'stream', name: 'stdout', text: 'hello you\n' }])
  })

  it('says where it looked for a kernel that is not there', async () => {
    const path = await writeNotebook(['1'], 'nowhere')
    await expect(executeNotebook(path, { cwd, env: { JUPYTER_PATH: folder } })).rejects.toThrow(
      `no kernel "nowhere" in ${join(folder, 'kernels', 'nowhere')}`,
    )
  })

  it('says why a kernel did not start', async () => {
    const spec = join(folder, 'jupyter', 'kernels', 'broken')
    mkdirSync(spec, { recursive: true })
    const argv = [process.execPath, '-e', 'console.error("no such thing"); process.exit(1)']
    writeFileSync(join(spec, 'kernel.json'), JSON.stringify({ argv }))
    const env = { JUPYTER_PATH: join(folder, 'jupyter') }
    await expect(startKernel({ cwd, name: 'broken', env })).rejects.toThrow(
      'the broken kernel died (exit code 1): no such thing',
    )
    writeFileSync(join(spec, 'kernel.json'), JSON.stringify({ argv: ['/nonexistent/kernel'] }))
    await expect(startKernel({ cwd, name: 'broken', env })).rejects.toThrow('the broken kernel could not be started')
  })

  it('takes its kernel and its files with it when it is interrupted', async () => {
    const script = await bundle()
    const own = mkdtempSync(join(folder, 'interrupted-'))
    const child = spawn(process.execPath, [script], {
      cwd,
      env: { ...process.env, TMPDIR: own },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const kernelPid = await new Promise<number>((started) => child.stdout.once('data', (text) => started(Number(text))))
    expect(isAlive(kernelPid)).toBe(true)
    expect(readdirSync(own)).toHaveLength(1)
    child.kill('SIGINT')
    expect(await new Promise((ended) => child.once('exit', (_, signal) => ended(signal)))).toBe('SIGINT')
    await vi.waitFor(() => expect(isAlive(kernelPid)).toBe(false), 5_000)
    expect(readdirSync(own)).toEqual([])
  })
})

/** A program that starts a kernel and says its process id, built from the sources; deleted with the test's folder. */
async function bundle(): Promise<string> {
  const source = join(import.meta.dirname, '../support/kernel-holder.ts')
  // Within the package, whose files it looks for by the package's name.
  const dist = join(import.meta.dirname, '../../dist')
  mkdirSync(dist, { recursive: true })
  const outDir = mkdtempSync(join(dist, 'test-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: source, outDir, target: 'node20', rollupOptions: { output: { entryFileNames: 'holder.mjs' } } },
  })
  removeLater.push(outDir)
  return join(outDir, 'holder.mjs')
}

const removeLater: string[] = []
afterAll(() => {
  for (const made of removeLater) rmSync(made, { recursive: true, force: true })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
