import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { vllmScript } from '../src/batch/vllm-scripts.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

/** A folder, with a space in its path, of these files of requests, their script, and a `vllm` that copies its input. */
function folderOf(...names: readonly string[]) {
  const folder = join(newFolder(), 'my jobs')
  const bin = join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(folder, 'vllm.sh'), vllmScript('my/judge'))
  writeFileSync(join(bin, 'vllm'), '#!/bin/sh\ncp "$3" "$5"\n') // run-batch -i <input> -o <output>
  chmodSync(join(bin, 'vllm'), 0o755)
  for (const name of names) {
    writeFileSync(join(folder, `judgelab-${name}.batch.json`), '{}')
    writeFileSync(join(folder, `judgelab-${name}.jsonl`), `${name}\n`)
  }
  const bash = (...args: readonly string[]) =>
    spawnSync('bash', args, {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
    })
  return { script: join(folder, 'vllm.sh'), at: (name: string) => join(folder, `judgelab-${name}`), bash }
}

function anHourAgo(path: string): void {
  const then = new Date(Date.now() - 3_600_000)
  utimesSync(path, then, then)
}

describe('vllm.sh', () => {
  it('answers what is not claimed, then names the claims of killed tasks that keep it from the rest, and leaves them', () => {
    const { script, at, bash } = folderOf('a', 'b', 'c')
    mkdirSync(`${at('c')}.jsonl.claim`)
    anHourAgo(`${at('c')}.jsonl.claim`)
    const first = bash(script)
    expect(['a', 'b', 'c'].map((name) => existsSync(`${at(name)}.output.jsonl`))).toEqual([true, true, false])
    expect(['a', 'b', 'c'].map((name) => existsSync(`${at(name)}.jsonl.claim`))).toEqual([false, false, true])
    expect(first.status).toBe(75)
    expect(first.stderr).toMatch(/^1 of the files here are claimed by tasks that were killed\./)
    const [, command] = first.stderr.trim().split('\n') as [string, string]
    expect(bash('-c', command).status).toBe(0)
    const second = bash(script)
    expect([second.status, second.stderr]).toEqual([0, ''])
    expect(readFileSync(`${at('c')}.output.jsonl`, 'utf8')).toBe('c\n')
  })

  it('is done when other tasks are at work on the rest', () => {
    const { script, at, bash } = folderOf('a', 'b')
    mkdirSync(`${at('b')}.jsonl.claim`)
    const { status, stderr } = bash(script)
    expect([status, stderr]).toEqual([
      0,
      'other tasks are at work on 1 of the files here; nothing is left for this one\n',
    ])
    expect(existsSync(`${at('a')}.output.jsonl`)).toBe(true)
    expect(existsSync(`${at('b')}.jsonl.claim`)).toBe(true)
  })

  it('keeps its claim fresh while vLLM works, and no longer', () => {
    const { script, at, bash } = folderOf('a')
    writeFileSync(script, vllmScript('my/judge').replace('sleep 60', 'sleep 0.1'))
    const claim = `${at('a')}.jsonl.claim`
    writeFileSync(
      join(script, '..', 'bin', 'vllm'),
      `#!/bin/sh\ntouch -d '1 hour ago' '${claim}'\nsleep 0.6\nfind '${claim}' -prune -mmin +10 > "$5"\n`,
    )
    expect(bash(script).status).toBe(0)
    expect(readFileSync(`${at('a')}.output.jsonl`, 'utf8')).toBe('')
    expect(existsSync(claim)).toBe(false)
  })

  it('answers as many files as it is told to, as each task of an array does', () => {
    const { script, at, bash } = folderOf('a', 'b')
    const one = bash('-c', `JUDGELAB_FILES=1 bash '${script}'`)
    expect([one.status, one.stderr]).toEqual([0, ''])
    expect(['a', 'b'].map((name) => existsSync(`${at(name)}.output.jsonl`))).toEqual([true, false])
  })

  it('says nothing of a claim whose file has its results, or where there is no file', () => {
    const { script, at, bash } = folderOf('a')
    mkdirSync(`${at('a')}.jsonl.claim`)
    writeFileSync(`${at('a')}.output.jsonl`, 'a\n')
    expect(bash(script).status).toBe(0)
    expect(bash(folderOf().script).status).toBe(0)
  })

  it('gives its own claim back when vLLM fails', () => {
    const { script, at, bash } = folderOf('a')
    writeFileSync(join(script, '..', 'bin', 'vllm'), '#!/bin/sh\nexit 3\n')
    expect(bash(script).status).toBe(3)
    expect(existsSync(`${at('a')}.jsonl.claim`)).toBe(false)
  })
})
