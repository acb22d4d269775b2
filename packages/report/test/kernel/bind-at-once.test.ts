import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'judgelab-bind-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What tslab does when a message arrives before its `bind` has come back: it asks for the next one. */
const PROGRAM = `
  const { createRequire } = require('node:module')
  const { Router } = createRequire(require.resolve('tslab/package.json'))('zeromq')
  const socket = new Router()
  const bound = socket.bind('ipc://${folder}/s')
  let word = 'receives'
  try { socket.receive().catch(() => {}) } catch (error) { word = error.code }
  bound.then(() => { console.log(word); process.exit() })
`
const run = (...words: string[]): string =>
  execFileSync(process.execPath, [...words, '--eval', PROGRAM], { cwd: PACKAGE, encoding: 'utf8' }).trim()

it('lets a kernel ask for a message while its socket is being bound', () => {
  expect(run()).toBe('EBUSY')
  expect(run('--require', './src/kernel/bind-at-once.cjs')).toBe('receives')
})
