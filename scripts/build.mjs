/**
 * Builds the packages whose sources changed. Quiet unless something fails: what turbo says goes to standard error,
 * so that a command may print JSON on standard output after it.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Runs turbo's build; returns its exit code and passes its output to standard error when it failed. */
export function build() {
  const turbo = resolve(root, 'node_modules/turbo/bin/turbo')
  if (!existsSync(turbo)) {
    process.stderr.write('expected installed packages, found none: run `npx --yes pnpm@10 install` first\n')
    return 1
  }
  const [command, ...args] = [...withPnpm(), process.execPath, turbo, 'run', 'build', '--output-logs=errors-only']
  const ran = spawnSync(command, args, {
    cwd: root,
    shell: process.platform === 'win32',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
    encoding: 'utf8',
  })
  if (ran.status !== 0) process.stderr.write(`${ran.stdout ?? ''}${ran.stderr ?? ''}${ran.error?.message ?? ''}`)
  return ran.status ?? 1
}

/** turbo asks for pnpm on PATH. A pnpm script has it there; by hand, npx lends it. */
function withPnpm() {
  const names = process.platform === 'win32' ? ['pnpm.cmd', 'pnpm.exe'] : ['pnpm']
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  if (folders.some((folder) => names.some((name) => existsSync(join(folder, name))))) return []
  return ['npx', '--yes', '--package=pnpm@10', '--']
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = build()
