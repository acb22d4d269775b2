import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { digest, digestText } from '@judgelab/core'

/**
 * Digest of the built code of the named packages of judgelab: an input of every step, so that changed code runs its
 * steps again and unchanged code does not.
 */
export async function codeVersion(packages: readonly string[]): Promise<string> {
  return digest(await Promise.all([...packages].sort().map(packageDigest)))
}

async function packageDigest(name: string): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve(`@judgelab/${name}`))
  const folder = dirname(entry)
  const names = await readdir(folder, { recursive: true })
  const files = names.filter((file) => /\.(js|ts|css)$/.test(file) && !file.endsWith('.d.ts')).sort()
  return digest(await Promise.all(files.map(async (file) => [file, digestText(await readFile(join(folder, file)))])))
}
