import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BenchmarkFormat } from '@judgelab/core'
import { DatasetFormatError } from '@judgelab/core'
import type { Origin } from '../benchmark.js'
import { type FetchHub, fetchHubFiles } from './hub/fetch-hub-files.js'
import { formatOf } from './rows/read-rows.js'

/** Where to take a published benchmark from: this machine, or the Hub. */
export interface Published {
  /** A file, or a folder that holds the repository's files. */
  readonly path?: string | undefined
  readonly revision?: string | undefined
  readonly hub?: FetchHub | undefined
}

/** The files of a published benchmark on this machine, downloaded where no path is given. */
export async function publishedFiles(
  { path, revision, hub }: Published,
  wanted: { readonly repository: string; readonly include: RegExp },
): Promise<{
  readonly files: readonly string[]
  readonly format: BenchmarkFormat
  readonly origin?: Origin | undefined
}> {
  if (path !== undefined) {
    const files = await localFiles(path, wanted.include)
    return { files, format: formatOf(files[0] as string) }
  }
  const fetched = await fetchHubFiles({ ...wanted, revision }, hub)
  return {
    files: fetched.files.map(({ path: file }) => file),
    format: 'parquet',
    origin: {
      repository: wanted.repository,
      revision: fetched.commit,
      files: fetched.files.map(({ name, sha256 }) => ({ name, sha256 })),
    },
  }
}

async function localFiles(path: string, include: RegExp): Promise<string[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new DatasetFormatError('expected a file or folder, found none', { file: path }, { cause })
  })
  if (!found.isDirectory()) return [path]
  const names = (await readdir(path, { recursive: true })).map((name) => name.replaceAll('\\', '/')).sort()
  const files = names
    .filter((name) => include.test(name) || include.test(`data/${name}`))
    .map((name) => join(path, name))
  if (files.length > 0) return files
  throw new DatasetFormatError(`expected files like ${include.source}, found none in this folder`, { file: path })
}
