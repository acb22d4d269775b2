import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { digest, digestText } from '@judgelab/core'

const require = createRequire(import.meta.url)

/** Built code runs from dist, a test from src: the version is of the code that runs. */
const FOLDER = import.meta.url.endsWith('.ts') ? 'src' : 'dist'

/** A process runs one code: each package is hashed once. */
const hashed = new Map<string, Promise<string>>()

/**
 * Digest of the code of the named packages of judgelab: an input of every step, so that changed code runs its steps again
 * and unchanged code does not.
 */
export async function codeVersion(packages: readonly string[]): Promise<string> {
  return digest(await Promise.all([...packages].sort().map(knownDigest)))
}

async function knownDigest(name: string): Promise<string> {
  const known = hashed.get(name) ?? packageDigest(packageFolder(name), FOLDER)
  hashed.set(name, known)
  return known
}

/** Digest of a package: the code that runs, and what it reads from beside its sources. */
export async function packageDigest(folder: string, running: string): Promise<string> {
  return digest([await filesDigest(folder, running, CODE), await filesDigest(folder, 'src', PARTS)])
}

const CODE = /(?<!\.d)\.[jt]s$/
/** Styles and scripts that stand beside the sources and are read when the code runs, wherever it runs from. */
const PARTS = /\.(css|js)$/

async function filesDigest(root: string, folder: string, wanted: RegExp): Promise<string> {
  const names = (await readdir(join(root, folder), { recursive: true })).filter((file) => wanted.test(file)).sort()
  return digest(
    await Promise.all(names.map(async (file) => [file, digestText(await readFile(join(root, folder, file)))])),
  )
}

/** Where a package of judgelab lies. */
export function packageFolder(name: string): string {
  return dirname(require.resolve(name === 'judgelab' ? 'judgelab/package.json' : `@judgelab/${name}/package.json`))
}
