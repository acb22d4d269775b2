import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'

/** A server of plain files. */
export interface RawServer {
  readonly url: string
  /** The paths that were asked for. */
  readonly seen: string[]
}

/** Starts servers of the given files on 127.0.0.1 that are gone after each test. */
export function rawServers(): (files: Readonly<Record<string, string>>) => Promise<RawServer> {
  const closers: (() => void)[] = []
  afterEach(() => {
    for (const close of closers.splice(0)) close()
  })
  return async (files) => {
    const seen: string[] = []
    const server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? '')
      seen.push(path)
      const text = files[path]
      if (text === undefined) response.writeHead(404).end('404: Not Found')
      else response.writeHead(200, { 'content-length': Buffer.byteLength(text) }).end(text)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => {
      server.closeAllConnections()
      server.close()
    })
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
  }
}
