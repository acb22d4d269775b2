import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { basename, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { afterAll } from 'vitest'

/** Starts a TypeScript file of the workspace in a process of its own. */
export type StartSource = (args: readonly string[]) => ChildProcess

/**
 * Makes one file of a TypeScript file and the workspace's sources that it needs, which is gone after the tests of the file
 * that calls this: processes that are started again and again start fast, and need no build.
 */
export async function bundleSource(entry: URL): Promise<StartSource> {
  // Below this package, so that it finds the packages that it leaves outside.
  const folders = fileURLToPath(new URL('../node_modules/.tests/', import.meta.url))
  mkdirSync(folders, { recursive: true })
  const folder = mkdtempSync(join(folders, 'bundle-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const input = fileURLToPath(entry)
  const bundle = await rolldown({
    input,
    platform: 'node',
    external: (id) => !(id.startsWith('.') || isAbsolute(id) || id.startsWith('@judgelab/')),
    resolve: { conditionNames: ['@judgelab/source', 'node', 'import', 'default'] },
    logLevel: 'silent',
  })
  const file = join(folder, `${basename(input, '.ts')}.mjs`)
  await bundle.write({ file, format: 'esm', codeSplitting: false })
  await bundle.close()
  return (args) => spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}
