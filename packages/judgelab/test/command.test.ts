import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadResults } from '@judgelab/analysis'
import { openAnswerCache, type ServiceReply } from '@judgelab/judges'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { runApart, runHere } from './command.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
afterEach(() => vi.unstubAllEnvs())
const ESCAPE = '\u001b'

// Processes that load the whole command take a while on a busy machine.
describe('judgelab run in a process of its own', { timeout: 90_000 }, () => {
  it('prints JSON and nothing else on standard output, and plain lines on standard error', async () => {
    const project = smallProject(newFolder())
    const { code, stdout, stderr } = await runApart(
      { cwd: project.root, env: { CI: 'true' } },
      'run',
      'small',
      '--json',
      '--no-report',
    )
    expect(code).toBe(0)
    const printed = JSON.parse(stdout) as { answer: string; page: null; results: unknown }
    expect(printed.page).toBeNull()
    expect(printed.answer).toMatch(/^Linear \+ DPO agrees .* of 12 /)
    expect(printed.results).toEqual(await loadResults('small', project))
    expect(stderr).toMatch(
      /^✓ Benchmark: 60 examples of the built-in synthetic benchmark\n✓ Split: 39 training and 12 test examples\n/,
    )
    expect(stderr).not.toContain(ESCAPE)

    const again = await runHere(project.root, 'run', 'studies/small.yaml', '--no-report')
    expect(again.code).toBe(0)
    expect(
      again.stderr
        .trim()
        .split('\n')
        .every((line) => /^= .*: unchanged$/.test(line)),
    ).toBe(true)
    expect(again.stdout).toContain(printed.answer)
    expect(again.stdout).toMatch(/Linear \+ DPO +tuned/)
    expect(again.stdout).not.toContain(ESCAPE)
  })

  it('stops cleanly with 130 on SIGINT in the middle of tuning, and goes on where it was', async () => {
    const project = smallProject(newFolder(), { epochs: 1500 })
    const stopped = await runApart(
      { cwd: project.root, interruptAfter: '✓ Preference pairs' },
      'run',
      'small',
      '--no-report',
    )
    expect(stopped).toMatchObject({ code: 130, stdout: '' })
    expect(stopped.stderr).toContain(
      'judgelab: stopped; what was done is kept, and the next start goes on where this one was',
    )
    expect(stopped.stderr).not.toContain('✓ Tuning')

    const again = await runHere(project.root, 'run', 'small', '--no-report')
    expect(again.code).toBe(0)
    expect(again.stderr).toMatch(
      /^= Benchmark: unchanged\n= Split: unchanged\n= Preference pairs: unchanged\n✓ Tuning linear\+dpo: /,
    )
  })
})

describe('judgelab run', () => {
  it('ends with 2 for a malformed study, naming file, line, column and the nearest right name', async () => {
    const project = smallProject(newFolder())
    const file = join(project.studies, 'small.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('benchmark: { source', 'benchmark: { sourec'))
    const { code, stdout, stderr } = await runHere(project.root, 'run', 'small')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^judgelab: studies\/small\.yaml:5:\d+: benchmark/)
    expect(stderr).toContain('unknown field "sourec" (did you mean "source"?)')
  })

  it('ends with 1 for a malformed benchmark, naming file, line and field', async () => {
    const project = smallProject(newFolder())
    const file = join(project.data, 'small.jsonl')
    const lines = readFileSync(file, 'utf8').split('\n')
    writeFileSync(file, lines.with(6, (lines[6] as string).replace('"num_correct":1', '"num_correct":2')).join('\n'))
    const { code, stderr } = await runHere(project.root, 'run', 'small')
    expect(code).toBe(1)
    expect(stderr).toContain('small.jsonl:7: num_correct: expected 1, the number of texts, found 2')
  })
})

describe('a reader that closes the pipe', () => {
  it('ends the command quietly', { timeout: 90_000 }, async () => {
    const { root } = smallProject(newFolder())
    expect(await runApart({ cwd: root, closeOutput: true }, 'runs', '--json')).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    })
  })
})

describe('judgelab doctor', { timeout: 90_000 }, () => {
  const NAMES = [
    ...['Node', 'TypeScript kernel', 'Chromium', 'Emulator', 'Cache'],
    ...['OPENAI_API_KEY', 'TOGETHER_API_KEY'],
  ]

  it('says which keys are set and never shows them, and what else there is', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-secret-of-the-test')
    vi.stubEnv('TOGETHER_API_KEY', '')
    const { stdout, stderr } = await runHere(newFolder(), 'doctor')
    expect(stdout + stderr).not.toContain('secret')
    expect([...stdout.matchAll(/^\w+ +(.{18}) /gm)].map(([, name]) => name?.trim())).toEqual(NAMES)
    expect(stdout).toMatch(/^ok +OPENAI_API_KEY +set$/m)
    expect(stdout).toMatch(/^ok +Emulator +listened at http:\/\/127\.0\.0\.1:\d+, for rehearsals$/m)
    expect(stdout).toMatch(/^missing +Cache +no project here/m)
    expect(stdout).toMatch(/^missing +TOGETHER_API_KEY +not set; only judges behind that service need it$/m)
  })

  it('prints JSON, ends with 1 only where something required is wrong, and counts what the cache keeps', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-secret-of-the-test')
    const { root, cache: folder } = smallProject(newFolder())
    const cache = await openAnswerCache(folder)
    await cache.put('ab'.repeat(32), {} as ServiceReply)
    await cache.close()
    const { code, stdout } = await runHere(root, 'doctor', '--json')
    expect(stdout).not.toContain('secret')
    const findings = JSON.parse(stdout) as { name: string; state: string; detail: string; required: boolean }[]
    expect(findings.map(({ name }) => name)).toEqual(NAMES)
    expect(findings.find(({ name }) => name === 'Cache')).toMatchObject({
      state: 'ok',
      detail: `1 answer kept (${folder})`,
    })
    expect(findings.find(({ name }) => name === 'OPENAI_API_KEY')).toMatchObject({ state: 'ok', required: false })
    expect(code).toBe(findings.every(({ state, required }) => !required || state === 'ok') ? 0 : 1)
  })
})
