import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'

/** What went over the wire. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly range: string | undefined
  readonly authorization: string | undefined
}

/** How the server behaves; each fault is used up by the requests that it befalls. */
export interface HubServerOptions {
  readonly repository: string
  readonly commit: string
  readonly files: Readonly<Record<string, Buffer>>
  /** Needed to see anything. */
  readonly token?: string
  /** Answers to hand out before the right one, by what the path contains. */
  readonly faults?: { at: string; status: number; headers?: Record<string, string>; times: number }[]
  /** After how many bytes a body breaks off, one number a download. */
  readonly breaks?: number[]
  /** Ignores Range and sends everything. */
  readonly ignoresRange?: boolean
  /** Sends other bytes than the checksum is of, this many times. */
  liesTimes?: number
  /** Serves files from git instead of large-file storage. */
  readonly isSmall?: boolean
  /** Where the files in large-file storage are; defaults to this server. */
  readonly storage?: string
  /** Accepts connections and never answers. */
  readonly isSilent?: boolean
}

export interface HubServer {
  readonly url: string
  readonly seen: Seen[]
  close(): Promise<void>
}

/** Starts servers on 127.0.0.1 that are gone after each test. */
export function hubServers(): (options: HubServerOptions) => Promise<HubServer> {
  const running: HubServer[] = []
  afterEach(async () => {
    for (const server of running.splice(0)) await server.close()
  })
  return async (options) => {
    const server = await startHubServer(options)
    running.push(server)
    return server
  }
}

async function startHubServer(options: HubServerOptions): Promise<HubServer> {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').split('?')[0] as string)
    const { authorization, range } = request.headers
    seen.push({ method: request.method ?? '', path, range, authorization })
    if (!options.isSilent) answer(options, path, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function answer(options: HubServerOptions, path: string, request: IncomingMessage, response: ServerResponse): void {
  const fault = options.faults?.find(({ at, times }) => times > 0 && path.includes(at))
  if (fault !== undefined) {
    fault.times--
    response.writeHead(fault.status, fault.headers).end('fault')
    return
  }
  if (path.startsWith('/storage/')) {
    send(options, options.files[path.slice('/storage/'.length)], request, response)
    return
  }
  if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
    response.writeHead(401).end('no access')
    return
  }
  const { repository, commit, files } = options
  if (
    path === `/api/datasets/${repository}/revision/main` ||
    path === `/api/datasets/${repository}/revision/${commit}`
  ) {
    const siblings = ['.gitattributes', 'README.md', ...Object.keys(files)].map((rfilename) => ({ rfilename }))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ sha: commit, siblings }))
    return
  }
  const resolved = `/datasets/${repository}/resolve/${commit}/`
  if (path.startsWith(`/moved${resolved}`)) path = path.slice('/moved'.length)
  const bytes = path.startsWith(resolved) ? files[path.slice(resolved.length)] : undefined
  if (bytes === undefined) {
    response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end('not found')
    return
  }
  const own = { 'x-repo-commit': commit }
  if (options.isSmall) {
    response.setHeader('x-repo-commit', commit)
    response.setHeader('etag', `"${gitHash(bytes)}"`)
    send(options, bytes, request, response)
    return
  }
  response
    .writeHead(302, {
      ...own,
      location: `${options.storage ?? ''}/storage/${path.slice(resolved.length)}`,
      etag: '"not-the-file"',
      'x-linked-etag': `"${createHash('sha256').update(bytes).digest('hex')}"`,
      'x-linked-size': String(bytes.length),
    })
    .end()
}

function send(
  options: HubServerOptions,
  whole: Buffer | undefined,
  { method, headers }: IncomingMessage,
  response: ServerResponse,
): void {
  if (whole === undefined) {
    response.writeHead(404).end()
    return
  }
  if (method === 'HEAD') {
    response.writeHead(200, { 'content-length': whole.length }).end()
    return
  }
  const lies = (options.liesTimes ?? 0) > 0
  if (lies) options.liesTimes = (options.liesTimes ?? 0) - 1
  const bytes = lies ? Buffer.from(whole).fill(0x2e) : whole
  const asked = options.ignoresRange ? undefined : /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1]
  const start = Number(asked ?? 0)
  if (asked !== undefined && start >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    return
  }
  const rest = bytes.subarray(start)
  const range = asked === undefined ? {} : { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }
  response.writeHead(asked === undefined ? 200 : 206, { 'content-length': rest.length, ...range })
  const upTo = options.breaks?.shift()
  if (upTo === undefined) response.end(rest)
  else response.write(rest.subarray(0, upTo), () => setTimeout(() => response.destroy(), 20))
}

export function gitHash(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}
