import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetFormatError, DownloadError, parseJson, saveJson } from '@judgelab/core'
import type { Benchmark } from '../../benchmark.js'
import { LLMBAR_SUBSETS, loadLlmbar } from '../llmbar.js'
import { loadLlmbarVerdicts } from '../llmbar-verdicts.js'
import { checksumOf, type DownloadProgress, download } from './download.js'
import type { Patience } from './http.js'

/** The commit of princeton-nlp/LLMBar that is fetched unless another one is named. */
export const LLMBAR_COMMIT = '900616bff90b6c6c8e1681f7d079250637c55992'

/** What of LLMBar to fetch, and where to put it. */
export interface FetchLlmbar extends Patience {
  readonly folder: string
  /** Recorded judges too, as `GPT-4/Vanilla`. */
  readonly judges?: readonly string[] | undefined
  readonly commit?: string | undefined
  /** Where the repository's files stand, with the commit as the next step of the path; a mirror may serve the same. */
  readonly baseUrl?: string | undefined
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined
}

/** What was fetched. */
export interface FetchedLlmbar {
  readonly benchmark: Benchmark
  /** Paths below the folder; those that stood there already are not fetched again. */
  readonly files: readonly string[]
}

/**
 * Fetches LLMBar's items (and recorded verdicts) from its repository in the original layout, with its licence, reads
 * them once, and writes `fetched.json`: commit and SHA-256 of every file.
 *
 * @throws {DownloadError} if a file cannot be had, saying where to put it; what was fetched stays and is not fetched again
 * @throws {DatasetFormatError} if something else is served in a file's place, of which nothing is kept; and as `loadLlmbar`
 *   and `loadLlmbarVerdicts`
 */
export async function fetchLlmbar(asked: FetchLlmbar): Promise<FetchedLlmbar> {
  const { folder, judges = [], commit = LLMBAR_COMMIT, onProgress, ...patience } = asked
  const baseUrl = (asked.baseUrl ?? 'https://raw.githubusercontent.com/princeton-nlp/LLMBar').replace(/\/+$/, '')
  const perSubset = ['dataset.json', ...judges.map((judge) => `evaluators/${judge}/result.json`)]
  const files = [
    'LICENSE',
    ...LLMBAR_SUBSETS.flatMap((subset) => perSubset.map((name) => `Dataset/LLMBar/${subset}/${name}`)),
  ]
  for (const file of files) {
    const target = join(folder, file)
    if (existsSync(target)) continue
    const url = `${baseUrl}/${commit}/${file.split('/').map(encodeURIComponent).join('/')}`
    await download({
      ...patience,
      url,
      target,
      inspect: (draft) => refusePage(draft, url),
      onProgress: onProgress && ((progress) => onProgress({ ...progress, file })),
    }).catch((error: unknown) => {
      throw error instanceof DownloadError ? withPlace(error, target) : error
    })
  }
  const benchmark = await loadLlmbar(folder)
  for (const judge of judges) await loadLlmbarVerdicts(folder, judge)
  const sums = await Promise.all(files.map(async (file) => [file, await checksumOf(join(folder, file))] as const))
  await saveJson(join(folder, 'fetched.json'), {
    formatVersion: 1,
    repository: 'princeton-nlp/LLMBar',
    commit,
    sha256: Object.fromEntries(sums),
  })
  return { benchmark, files }
}

/** A page that a proxy or a login serves with a good status is none of the files: those are JSON lists, and a licence in plain text. */
async function refusePage(draft: string, url: string): Promise<void> {
  const text = await readFile(draft, 'utf8')
  const isRight = url.endsWith('.json') ? Array.isArray(parseJson(text, { file: url })) : !/^\s*</.test(text)
  if (isRight) return
  const expected = url.endsWith('.json') ? 'a JSON list' : 'a text'
  throw new DatasetFormatError(`expected ${expected}, found ${JSON.stringify(text.slice(0, 40))}`, { file: url })
}

function withPlace(error: DownloadError, target: string): DownloadError {
  const { url, status, message } = error
  const reason = message.startsWith(`${url}: `) ? message.slice(url.length + 2) : message
  const advice = `\n  Fetch it where there is a network, and put it at ${target}; then ask again: what is there is not fetched again`
  return new DownloadError(`${reason}${advice}`, { url, status }, { cause: error.cause ?? error })
}
