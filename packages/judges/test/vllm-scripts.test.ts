import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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

describe('vllm.sh', () => {
  it('answers what is not claimed, then names the claims that keep it from the rest, and leaves them', () => {
    const { script, at, bash } = folderOf('a', 'b', 'c')
    mkdirSync(`${at('c')}.jsonl.claim`)
    const first = bash(script)
    expect(['a', 'b', 'c'].map((name) => existsSync(`${at(name)}.output.jsonl`))).toEqual([true, true, false])
    expect(['a', 'b', 'c'].map((name) => existsSync(`${at(name)}.jsonl.claim`))).toEqual([false, false, true])
    expect(first.status).toBe(75)
    expect(first.stderr).toMatch(/^claimed by other tasks, and without results yet: 1 of the files here\./)
    const [, command] = first.stderr.trim().split('\n') as [string, string]
    expect(bash('-c', command).status).toBe(0)
    const second = bash(script)
    expect([second.status, second.stderr]).toEqual([0, ''])
    expect(readFileSync(`${at('c')}.output.jsonl`, 'utf8')).toBe('c\n')
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
