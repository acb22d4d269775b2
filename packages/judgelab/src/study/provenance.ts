import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import type { Project, RunManifest } from '@judgelab/core'

const require = createRequire(import.meta.url)
const execFileAsync = promisify(execFile)

const PACKAGES = ['core', 'stats', 'scoring', 'policy', 'datasets', 'judges', 'dpo', 'analysis', 'report']

/** The versions of Node and of judgelab's packages. */
export async function softwareVersions(): Promise<Record<string, string>> {
  const versions = PACKAGES.map(async (name) => {
    const file = require.resolve(`@judgelab/${name}/package.json`)
    const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string }
    return [`@judgelab/${name}`, version] as const
  })
  return { node: process.versions.node, ...Object.fromEntries(await Promise.all(versions)) }
}

/** The commit of the project's folder and whether files differ from it; null outside a repository. */
export async function gitState(project: Project): Promise<RunManifest['git']> {
  try {
    const options = { cwd: project.root }
    const { stdout: commit } = await execFileAsync('git', ['rev-parse', 'HEAD'], options)
    const { stdout: changes } = await execFileAsync('git', ['status', '--porcelain'], options)
    return { commit: commit.trim(), dirty: changes.trim() !== '' }
  } catch {
    return null
  }
}
