import { copyFile, mkdir, readdir, readFile, realpath, rm, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { ConfigError, DatasetFormatError, DownloadError, parseJson, saveText } from '@judgelab/core'
import { checksumOf, type DownloadProgress, download } from './download.js'
import { ask, type Patience } from './http.js'
import { type HubSettings, hubSettings } from './hub-settings.js'

/** Which files of which dataset. */
export interface HubFiles {
  /** `owner/name`. */
  readonly repository: string
  /** A branch, tag or commit; defaults to `main`. */
  readonly revision?: string | undefined
  /** Which paths inside the repository. */
  readonly include: RegExp
}

/** How to fetch. */
export interface FetchHub extends Patience {
  readonly settings?: HubSettings | undefined
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined
}

/** A file of a dataset on this machine. */
export interface HubFile {
  readonly name: string
  readonly path: string
  readonly sha256: string
}

/** Files of one commit. */
export interface FetchedFiles {
  readonly commit: string
  readonly files: readonly HubFile[]
}

/**
 * Files of a dataset of the Hub: from the cache where they are, else downloaded, with their checksums verified. The
 * revision is resolved to a commit, which a report can name. Without a network, or with `HF_HUB_OFFLINE`, the cache
 * answers alone.
 *
 * @throws {DownloadError} if they cannot be had: what to fetch, and where to put it
 * @throws {ConfigError} the same, where HF_HUB_OFFLINE forbids asking
 * @throws {DatasetFormatError} for a wrong checksum or a body that keeps breaking off
 */
export async function fetchHubFiles(asked: HubFiles, options: FetchHub = {}): Promise<FetchedFiles> {
  const settings = options.settings ?? hubSettings()
  const revision = asked.revision ?? 'main'
  const folder = join(settings.cache, `datasets--${asked.repository.replaceAll('/', '--')}`)
  const fromCache = (): Promise<FetchedFiles | undefined> => cachedFiles(folder, revision, asked.include)
  if (settings.isOffline || isCommit(revision)) {
    const cached = await fromCache()
    if (cached !== undefined) return cached
    if (settings.isOffline)
      throw new ConfigError(
        howToCache(asked, revision, settings, folder, 'HF_HUB_OFFLINE forbids fetching it'),
        `${asked.repository}@${revision}`,
      )
  }
  const listed = await list(asked, revision, settings, options).catch(async (error: unknown) => {
    const isUnreachable = error instanceof DownloadError && error.cause !== undefined
    if (!isUnreachable) throw error
    const cached = await fromCache()
    if (cached !== undefined) return cached
    const said = howToCache(asked, revision, settings, folder, error.message)
    throw new DownloadError(said, { url: `${asked.repository}@${revision}` }, { cause: error.cause })
  })
  if ('files' in listed) return listed
  const files: HubFile[] = []
  for (const name of listed.names)
    files.push(await ensureFile(name, listed.commit, { asked, settings, folder, options }))
  if (!isCommit(revision)) await saveText(join(folder, 'refs', revision), listed.commit)
  return { commit: listed.commit, files }
}

/** The commit that a revision is now, and the paths in it that are wanted. */
async function list(
  { repository, include }: HubFiles,
  revision: string,
  { endpoint, token }: HubSettings,
  options: FetchHub,
): Promise<{ readonly commit: string; readonly names: readonly string[] }> {
  const url = `${endpoint}/api/datasets/${repository}/revision/${encodeURIComponent(revision)}`
  const { response, heard } = await ask(url, { ...options, token })
  const text = await response.text().finally(() => heard(true))
  const { sha, siblings } = parseJson(text, { file: url }) as { sha?: unknown; siblings?: unknown }
  if (typeof sha !== 'string' || !Array.isArray(siblings))
    throw new DatasetFormatError(`expected sha and siblings, found ${text.slice(0, 60)}`, { file: url })
  const names = siblings
    .map((sibling: { rfilename?: unknown }) => sibling.rfilename)
    .filter((name): name is string => typeof name === 'string' && include.test(name) && isInside(name))
    .sort()
  if (names.length > 0) return { commit: sha, names }
  throw new DownloadError(
    `expected files like ${include.source} at revision ${revision}, found none of ${siblings.length}`,
    { url },
  )
}

/** Paths that a server names must stay below the folder that they are put into. */
function isInside(name: string): boolean {
  return !name.startsWith('/') && !name.split(/[\\/]/).includes('..')
}

interface Fetching {
  readonly asked: HubFiles
  readonly settings: HubSettings
  readonly folder: string
  readonly options: FetchHub
}

async function ensureFile(name: string, commit: string, fetching: Fetching): Promise<HubFile> {
  const path = join(fetching.folder, 'snapshots', commit, name)
  const cached = await soundFile(name, path)
  if (cached !== undefined) return cached
  const { settings, asked, options, folder } = fetching
  const url = `${settings.endpoint}/datasets/${asked.repository}/resolve/${commit}/${name.split('/').map(encodeURIComponent).join('/')}`
  const { etag, totalBytes } = await describe(url, settings, options)
  const blob = join(folder, 'blobs', etag)
  if ((await stat(blob).catch(() => undefined)) === undefined)
    await download({
      ...options,
      url,
      target: blob,
      token: settings.token,
      totalBytes,
      checksum: checksumNamed(etag),
      onProgress: options.onProgress && ((progress) => options.onProgress?.({ ...progress, file: name })),
    })
  await link(blob, path)
  return { name, path, sha256: await checksumOf(path) }
}

/** A file's entity tag (its SHA-256 where it is in large-file storage, else its git hash) and size. */
async function describe(
  url: string,
  { token }: HubSettings,
  options: FetchHub,
): Promise<{ readonly etag: string; readonly totalBytes: number | undefined }> {
  const { response, hops, heard } = await ask(url, { ...options, method: 'HEAD', token })
  await response.body?.cancel()
  heard(true)
  const own = hops.find((headers) => headers.has('x-repo-commit')) ?? response.headers
  const etag = (own.get('x-linked-etag') ?? own.get('etag') ?? '').replace(/^W\//, '').replaceAll('"', '')
  if (!/^[\w.-]+$/.test(etag)) throw new DatasetFormatError('expected an entity tag, found none', { file: url })
  const size = own.get('x-linked-size') ?? (own === response.headers ? own.get('content-length') : null)
  return { etag, totalBytes: size === null ? undefined : Number(size) }
}

function checksumNamed(etag: string): { kind: 'sha256' | 'git'; value: string } | undefined {
  if (/^[0-9a-f]{64}$/.test(etag)) return { kind: 'sha256', value: etag }
  return /^[0-9a-f]{40}$/.test(etag) ? { kind: 'git', value: etag } : undefined
}

/** A name in the snapshot for the blob: a relative link, or a copy where links are not to be had. */
async function link(blob: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await rm(path, { force: true })
  await symlink(relative(dirname(path), blob), path).catch(() => copyFile(blob, path))
}

/** A cached file whose bytes are what its name says; a damaged one is removed. */
async function soundFile(name: string, path: string): Promise<HubFile | undefined> {
  const target = await realpath(path).catch(() => undefined)
  if (target === undefined) return undefined
  const sha256 = await checksumOf(target)
  const expected = checksumNamed(basename(target))
  const found = expected?.kind === 'git' ? await checksumOf(target, 'git') : sha256
  if (expected === undefined || found === expected.value) return { name, path, sha256 }
  await rm(target, { force: true })
  return undefined
}

async function cachedFiles(folder: string, revision: string, include: RegExp): Promise<FetchedFiles | undefined> {
  const named = await readFile(join(folder, 'refs', revision), 'utf8').catch(() => revision)
  const commit = named.trim()
  const snapshot = join(folder, 'snapshots', commit)
  const found = await readdir(snapshot, { recursive: true }).catch(() => [])
  const names = found
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => include.test(name))
    .sort()
  const files = await Promise.all(names.map((name) => soundFile(name, join(snapshot, name))))
  const sound = files.filter((file) => file !== undefined)
  if (sound.length < names.length || sound.length === 0 || sound.length < shardsOf(names)) return undefined
  return { commit, files: sound }
}

/** How many parts there should be: `test-00000-of-00003.parquet` says three. */
function shardsOf(names: readonly string[]): number {
  return Math.max(...names.map((name) => Number(/-of-(\d+)\./.exec(name)?.[1] ?? 1)))
}

function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision)
}

function howToCache(
  { repository, include }: HubFiles,
  revision: string,
  { endpoint }: HubSettings,
  folder: string,
  why: string,
): string {
  const pattern = include.source
    .replace(/^\^|\$$/g, '')
    .replaceAll('.*', '*')
    .replaceAll('\\', '')
  return `expected ${pattern} of ${repository} in the cache, found none, and ${why}
  Fetch it where there is a network, from ${endpoint}/datasets/${repository}/tree/${revision},
  and put it into ${join(folder, 'snapshots', revision, dirname(pattern))}, or name it with \`benchmark.path\``
}
