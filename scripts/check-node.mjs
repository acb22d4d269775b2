/**
 * Runs the tests on other Node versions (22 and 24), whose binaries npm's `node` package brings. Each is installed into
 * a folder of its own outside the repository, once.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAJORS = process.argv.length > 2 ? process.argv.slice(2) : ['22', '24']
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

let failed = 0
for (const major of MAJORS) {
  const binary = install(major)
  const { stdout: version } = spawnSync(binary, ['--version'], { encoding: 'utf8' })
  console.log(`\n== tests on Node ${version.trim()}`)
  const { status } = spawnSync(binary, [join(root, 'node_modules/vitest/vitest.mjs'), 'run'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(binary)}:${process.env.PATH}` },
  })
  if (status !== 0) failed += 1
}
console.log(`\n${MAJORS.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** The path of a Node of that major version. */
function install(major) {
  const folder = join(tmpdir(), `judgelab-node-${major}`)
  const binary = join(folder, 'node_modules', 'node', 'bin', 'node')
  if (existsSync(binary)) return binary
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', `node@${major}`], {
    cwd: folder,
    stdio: 'inherit',
  })
  if (status !== 0 || !existsSync(binary)) throw new Error(`Node ${major} could not be installed from the registry`)
  return binary
}
