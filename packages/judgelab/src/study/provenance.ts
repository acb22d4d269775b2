import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { GitState, Project, Software } from '@judgelab/core'
import { packageFolder } from './code-version.js'

const execFileAsync = promisify(execFile)

const PACKAGES = ['core', 'stats', 'scoring', 'policy', 'datasets', 'services', 'judges', 'dpo', 'analysis', 'report']

/** The versions of Node and of judgelab's packages; the emulator's in a rehearsal only. */
export async function softwareVersions({ isRehearsal }: { readonly isRehearsal: boolean }): Promise<Software> {
  const versions = [...PACKAGES, ...(isRehearsal ? ['emulator'] : [])].map(
    async (name) => [`@judgelab/${name}`, await versionOf(name)] as const,
  )
  const own = await versionOf('judgelab')
  return { node: process.versions.node, judgelab: own, ...Object.fromEntries(await Promise.all(versions)) }
}

/** Those of a run that no emulator had a part in, though the study was rehearsed: a judge of this machine answers itself. */
export function withoutEmulator(software: Software): Software {
  return Object.fromEntries(Object.entries(software).filter(([name]) => name !== '@judgelab/emulator'))
}

/** The version of a package of judgelab, by its folder’s name. */
export async function versionOf(name: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageFolder(name), 'package.json'), 'utf8')) as {
    version: string
  }
  return version
}

/**
 * The commit of the project's folder and whether files differ from it; null outside a repository, in one without a commit,
 * and where there is no git.
 *
 * @throws {Error} when git says anything else: a run must not look as if it came from nowhere
 */
export async function gitState({ root }: Project): Promise<GitState> {
  const commit = await git(root, 'rev-parse', '--verify', 'HEAD').catch(nullWithoutCommit)
  if (commit === null) return null
  return { commit: commit.trim(), dirty: (await git(root, 'status', '--porcelain')).trim() !== '' }
}

/** In git's own English, for `nullWithoutCommit`; a hundred thousand changed files have their room. */
async function git(cwd: string, ...words: readonly string[]): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C' }
  const { stdout } = await execFileAsync('git', words, { cwd, env, maxBuffer: 1 << 30 })
  return stdout
}

function nullWithoutCommit(error: NodeJS.ErrnoException & { readonly stderr?: string }): null {
  const isWithout = /not a git repository|Needed a single revision/.test(error.stderr ?? '')
  if (error.code === 'ENOENT' || isWithout) return null
  throw error
}
