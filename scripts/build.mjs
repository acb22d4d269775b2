/**
 * Builds the packages whose sources changed. Quiet unless something fails: what turbo says goes to standard error,
 * so that a command may print JSON on standard output after it.
 */
import { spawnSync } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Runs turbo's build; returns its exit code and passes its output to standard error when it failed. */
export function build() {
  const turbo = resolve(root, 'node_modules/turbo/bin/turbo')
  const ran = spawnSync(process.execPath, [turbo, 'run', 'build', '--output-logs=errors-only'], {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
    encoding: 'utf8',
  })
  if (ran.status !== 0) process.stderr.write(`${ran.stdout}${ran.stderr}`)
  return ran.status ?? 1
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = build()
