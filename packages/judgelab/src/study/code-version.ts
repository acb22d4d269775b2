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

function knownDigest(name: string): Promise<string> {
  const known = hashed.get(name) ?? packageDigest(name)
  hashed.set(name, known)
  return known
}

async function packageDigest(name: string): Promise<string> {
  const folder = join(dirname(require.resolve(`@judgelab/${name}/package.json`)), FOLDER)
  const names = await readdir(folder, { recursive: true })
  const files = names.filter((file) => /\.(js|ts|css)$/.test(file) && !file.endsWith('.d.ts')).sort()
  return digest(await Promise.all(files.map(async (file) => [file, digestText(await readFile(join(folder, file)))])))
}
