import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { digestText } from '@judgelab/core'
import { type DownloadProgress, type FetchedFiles, type FetchHub, fetchHubFiles, hubSettings } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { temporaryFolders } from '../support/temporary-folder.js'
import { type HubServer, type HubServerOptions, hubServers } from './hub-server.js'

const newFolder = temporaryFolders()
const startServer = hubServers()

const COMMIT = '0123456789abcdef0123456789abcdef01234567'
const NAME = 'data/test-00000-of-00001.parquet'
const BYTES = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7) % 251))
const ASKED = { repository: 'allenai/reward-bench-2', include: /^data\/test-.*\.parquet$/ }

function serving(options: Partial<HubServerOptions> = {}): Promise<HubServer> {
  return startServer({ repository: ASKED.repository, commit: COMMIT, files: { [NAME]: BYTES }, ...options })
}

function settingsFor(server: Pick<HubServer, 'url'>, home: string, env: Record<string, string> = {}): FetchHub {
  return { settings: hubSettings({ HF_ENDPOINT: server.url, HF_HOME: home, ...env }), backoffMs: 1, retries: 3 }
}

async function failureOf(work: Promise<unknown>): Promise<Error> {
  const failure = await work.catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Error)
  return failure as Error
}

function cacheFolder(home: string): string {
  return join(home, 'hub', 'datasets--allenai--reward-bench-2')
}

/** Nothing half-done may be taken for a file. */
function expectNoSnapshot(home: string): void {
  expect(existsSync(join(cacheFolder(home), 'snapshots', COMMIT, NAME))).toBe(false)
}

describe('fetchHubFiles', () => {
  it('resolves the revision, follows the redirect to the storage, verifies, and lays the cache out as the Hub’s clients do', async () => {
    const [server, home] = [await serving(), newFolder()]
    const progress: DownloadProgress[] = []
    const fetched = await fetchHubFiles(ASKED, {
      ...settingsFor(server, home),
      onProgress: (step) => progress.push(step),
    })
    const sha256 = digestText(BYTES)
    const path = join(cacheFolder(home), 'snapshots', COMMIT, NAME)
    expect(fetched).toEqual({ commit: COMMIT, files: [{ name: NAME, path, sha256 }] })
    expect(readFileSync(path).equals(BYTES)).toBe(true)
    expect(lstatSync(path).isSymbolicLink()).toBe(true)
    expect(realpathSync(path)).toBe(realpathSync(join(cacheFolder(home), 'blobs', sha256)))
    expect(readFileSync(join(cacheFolder(home), 'refs', 'main'), 'utf8')).toBe(COMMIT)
    expect(readdirSync(join(cacheFolder(home), 'blobs'))).toEqual([sha256])
    expect(progress.at(-1)).toEqual({ file: NAME, receivedBytes: 5000, totalBytes: 5000 })
  })

  it('downloads only what is asked for, and only once', async () => {
    const [server, home] = [await serving({ files: { [NAME]: BYTES, 'data/train.parquet': BYTES } }), newFolder()]
    const first = await fetchHubFiles(ASKED, settingsFor(server, home))
    expect(first.files.map(({ name }) => name)).toEqual([NAME])
    server.seen.length = 0
    expect(await fetchHubFiles(ASKED, settingsFor(server, home))).toEqual(first)
    expect(server.seen.map(({ path }) => path)).toEqual([`/api/datasets/${ASKED.repository}/revision/main`])
    server.seen.length = 0
    expect(await fetchHubFiles({ ...ASKED, revision: COMMIT }, settingsFor(server, home))).toEqual(first)
    expect(server.seen).toEqual([])
  })

  it('fetches a damaged file of the cache again', async () => {
    const [server, home] = [await serving(), newFolder()]
    const first = await fetchHubFiles(ASKED, settingsFor(server, home))
    writeFileSync(realpathSync(first.files[0]?.path as string), 'damaged')
    expect(await fetchHubFiles(ASKED, settingsFor(server, home))).toEqual(first)
    expect(readFileSync(first.files[0]?.path as string).equals(BYTES)).toBe(true)
  })

  it('verifies small files by their git hash', async () => {
    const [server, home] = [await serving({ isSmall: true }), newFolder()]
    expect((await fetchHubFiles(ASKED, settingsFor(server, home))).files[0]?.sha256).toBe(digestText(BYTES))
    const liar = await serving({ isSmall: true, liesTimes: 1 })
    const failure = await failureOf(fetchHubFiles(ASKED, settingsFor(liar, newFolder())))
    expect(failure.message).toContain('expected bytes whose git checksum is')
  })

  it('sends the token to the Hub, and to nobody else', async () => {
    const storage = await serving()
    const [server, home] = [await serving({ token: 'secret', storage: storage.url }), newFolder()]
    await fetchHubFiles(ASKED, settingsFor(server, home, { HF_TOKEN: 'secret' }))
    expect(server.seen.every(({ authorization }) => authorization === 'Bearer secret')).toBe(true)
    expect(storage.seen.map(({ method, authorization }) => [method, authorization])).toEqual([['GET', undefined]])
  })

  it('follows a repository that moved', async () => {
    const server = await serving({
      faults: [
        {
          at: '/datasets/allenai/reward-bench-2/resolve',
          status: 307,
          headers: { location: `/moved/datasets/${ASKED.repository}/resolve/${COMMIT}/${NAME}` },
          times: 1,
        },
      ],
    })
    expect((await fetchHubFiles(ASKED, settingsFor(server, newFolder()))).commit).toBe(COMMIT)
  })

  it.each([
    [401, {}, 'no token was sent (set HF_TOKEN)'],
    [403, { HF_TOKEN: 'mine' }, 'the token is wrong or has no access'],
    [404, {}, 'no such repository, revision or file there'],
    [418, {}, 'expected an answer, found HTTP 418'],
  ])('gives up at once on HTTP %i, and says what to do', async (status, env, message) => {
    const [server, home] = [await serving({ faults: [{ at: '/', status, times: 9 }] }), newFolder()]
    const failure = await failureOf(fetchHubFiles(ASKED, settingsFor(server, home, env)))
    expect(failure).toMatchObject({ name: 'DownloadError', status })
    expect(failure.message).toContain(message)
    expect(failure.message).toContain(server.url)
    expect(server.seen).toHaveLength(1)
  })

  it('says which files are not there', async () => {
    const server = await serving({ files: { 'data/other.parquet': BYTES } })
    const failure = await failureOf(fetchHubFiles(ASKED, settingsFor(server, newFolder())))
    expect(failure.message).toContain(
      'expected files like ^data\\/test-.*\\.parquet$ at revision main, found none of 3',
    )
  })

  it('never writes outside its folder, whatever a server calls its files', async () => {
    const server = await serving({ files: { '../test-x.parquet': BYTES, '/test-y.parquet': BYTES } })
    const failure = await failureOf(fetchHubFiles({ ...ASKED, include: /test-/ }, settingsFor(server, newFolder())))
    expect(failure.message).toContain('found none of 4')
  })

  it.each([429, 500, 503])('asks again after HTTP %i, as often as it has patience for', async (status) => {
    const patient = await serving({ faults: [{ at: '/api/', status, times: 3 }] })
    expect((await fetchHubFiles(ASKED, settingsFor(patient, newFolder()))).commit).toBe(COMMIT)
    const stubborn = await serving({ faults: [{ at: '/api/', status, times: 4 }] })
    const failure = await failureOf(fetchHubFiles(ASKED, settingsFor(stubborn, newFolder())))
    expect(failure.message).toContain(`found HTTP ${status} in 4 attempts`)
    expect(stubborn.seen).toHaveLength(4)
  })

  it('waits as long as Retry-After says, in seconds', async () => {
    const server = await serving({ faults: [{ at: '/api/', status: 429, headers: { 'retry-after': '1' }, times: 1 }] })
    const started = performance.now()
    await fetchHubFiles(ASKED, settingsFor(server, newFolder()))
    expect(performance.now() - started).toBeGreaterThan(990)
  })

  it.each([['3600'], [new Date(Date.now() + 3_600_000).toUTCString()]])(
    'does not wait for Retry-After: %s',
    async (wait) => {
      const server = await serving({
        faults: [{ at: '/api/', status: 429, headers: { 'retry-after': wait }, times: 1 }],
      })
      const failure = await failureOf(fetchHubFiles(ASKED, settingsFor(server, newFolder())))
      expect(failure.message).toMatch(/found HTTP 429 in 1 attempt; it asks to wait 3(?:600|59\d) s/)
    },
  )

  it('goes on where a body broke off', async () => {
    const [server, home] = [await serving({ breaks: [1200, 2000] }), newFolder()]
    const fetched = await fetchHubFiles(ASKED, settingsFor(server, home))
    expect(fetched.files[0]?.sha256).toBe(digestText(BYTES))
    const ranges = server.seen
      .filter(({ method, path }) => method === 'GET' && path.startsWith('/storage'))
      .map(({ range }) => range)
    expect(ranges).toEqual([undefined, 'bytes=1200-', 'bytes=3200-'])
  })

  it('goes on in a later attempt, and keeps nothing that could be taken for the file', async () => {
    const home = newFolder()
    const broken = await serving({ breaks: [1200, 0, 0, 0, 0, 0, 0] })
    const failure = await failureOf(fetchHubFiles(ASKED, { ...settingsFor(broken, home), retries: 2 }))
    expect(failure.message).toMatch(/expected 5000 bytes, found 1200 \(.*\); the next attempt goes on from there/)
    expectNoSnapshot(home)
    const sound = await serving()
    await fetchHubFiles(ASKED, settingsFor(sound, home))
    expect(sound.seen.at(-1)?.range).toBe('bytes=1200-')
  })

  it('starts over where the server does not know ranges', async () => {
    const [server, home] = [await serving({ breaks: [1200], ignoresRange: true }), newFolder()]
    expect((await fetchHubFiles(ASKED, settingsFor(server, home))).files[0]?.sha256).toBe(digestText(BYTES))
  })

  it('starts over when what an earlier attempt left belongs to other bytes', async () => {
    const [server, home] = [await serving(), newFolder()]
    const draft = join(cacheFolder(home), 'blobs', `${digestText(BYTES)}.incomplete`)
    mkdirSync(dirname(draft), { recursive: true })
    writeFileSync(draft, 'x'.repeat(600))
    expect((await fetchHubFiles(ASKED, settingsFor(server, home))).files[0]?.sha256).toBe(digestText(BYTES))
    writeFileSync(realpathSync(join(cacheFolder(home), 'snapshots', COMMIT, NAME)), '')
    writeFileSync(draft, 'x'.repeat(6000))
    expect((await fetchHubFiles(ASKED, settingsFor(server, home))).files[0]?.sha256).toBe(digestText(BYTES))
  })

  it('refuses bytes with a wrong checksum and keeps none of them', async () => {
    const [server, home] = [await serving({ liesTimes: 1 }), newFolder()]
    const failure = await failureOf(fetchHubFiles(ASKED, settingsFor(server, home)))
    expect(failure).toMatchObject({ name: 'DatasetFormatError' })
    expect(failure.message).toContain(`expected bytes whose sha256 checksum is ${digestText(BYTES)}`)
    expectNoSnapshot(home)
    expect(readdirSync(join(cacheFolder(home), 'blobs'))).toEqual([])
  })

  it('gives up on a server that says nothing', async () => {
    const failure = await failureOf(
      fetchHubFiles(ASKED, {
        ...settingsFor(await serving({ isSilent: true }), newFolder()),
        retries: 1,
        silenceMs: 50,
      }),
    )
    expect(failure.message).toContain('none in 2 attempts (nothing came for 50 ms)')
  })

  it('stops when it is told to', async () => {
    const server = await serving({ faults: [{ at: '/api/', status: 503, headers: { 'retry-after': '30' }, times: 9 }] })
    const stop = new AbortController()
    const work = fetchHubFiles(ASKED, { ...settingsFor(server, newFolder()), signal: stop.signal })
    setTimeout(() => stop.abort(new Error('enough')), 50)
    expect((await failureOf(work)).name).toBe('AbortError')
  })
})

describe('fetchHubFiles without a network', () => {
  const OFFLINE = { HF_HUB_OFFLINE: '1' }

  async function filled(home: string): Promise<FetchedFiles> {
    return fetchHubFiles(ASKED, settingsFor(await serving(), home))
  }

  it('answers from the cache, by branch and by commit, and asks nobody', async () => {
    const home = newFolder()
    const first = await filled(home)
    const server = await serving()
    for (const revision of ['main', COMMIT])
      expect(await fetchHubFiles({ ...ASKED, revision }, settingsFor(server, home, OFFLINE))).toEqual(first)
    expect(server.seen).toEqual([])
  })

  it('says what to fetch and where to put it, and reads it there', async () => {
    const home = newFolder()
    const server = await serving()
    const failure = await failureOf(fetchHubFiles(ASKED, settingsFor(server, home, OFFLINE)))
    expect(failure).toMatchObject({ name: 'ConfigError' })
    const folder = join(cacheFolder(home), 'snapshots', 'main', 'data')
    expect(failure.message).toContain('expected data/test-*.parquet of allenai/reward-bench-2 in the cache, found none')
    expect(failure.message).toContain('HF_HUB_OFFLINE forbids fetching it')
    expect(failure.message).toContain(`${server.url}/datasets/allenai/reward-bench-2/tree/main`)
    expect(failure.message).toContain(`put it into ${folder}, or name it with \`benchmark.path\``)
    expect(server.seen).toEqual([])
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'test-00000-of-00001.parquet'), BYTES)
    const fetched = await fetchHubFiles(ASKED, settingsFor(server, home, OFFLINE))
    expect(fetched).toEqual({
      commit: 'main',
      files: [{ name: NAME, path: join(folder, 'test-00000-of-00001.parquet'), sha256: digestText(BYTES) }],
    })
  })

  it('does not take some parts for all of them', async () => {
    const home = newFolder()
    const folder = join(cacheFolder(home), 'snapshots', 'main', 'data')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'test-00000-of-00002.parquet'), BYTES)
    const failure = await failureOf(fetchHubFiles(ASKED, settingsFor(await serving(), home, OFFLINE)))
    expect(failure.message).toContain('found none')
  })

  it('uses the cache when nobody answers, and says so when there is none', async () => {
    const home = newFolder()
    const first = await filled(home)
    const gone = await serving()
    await gone.close()
    expect(await fetchHubFiles(ASKED, { ...settingsFor(gone, home), retries: 0 })).toEqual(first)
    const failure = await failureOf(fetchHubFiles(ASKED, { ...settingsFor(gone, newFolder()), retries: 1 }))
    expect(failure.message).toMatch(/found none, and .*found none in 2 attempts \(.*ECONNREFUSED/)
  })
})

describe('hubSettings', () => {
  it('knows the conventions', () => {
    expect(hubSettings({ HF_HOME: '/h', HF_TOKEN: '', HF_ENDPOINT: 'https://mirror.example/' })).toEqual({
      endpoint: 'https://mirror.example',
      token: undefined,
      cache: join('/h', 'hub'),
      isOffline: false,
    })
    expect(hubSettings({ XDG_CACHE_HOME: '/x' }).cache).toBe(join('/x', 'huggingface', 'hub'))
    expect(hubSettings({ HF_HUB_CACHE: '/c', HF_HOME: '/h', HF_HUB_OFFLINE: 'TRUE', HF_TOKEN: 't' })).toEqual({
      endpoint: 'https://huggingface.co',
      token: 't',
      cache: '/c',
      isOffline: true,
    })
  })
})
