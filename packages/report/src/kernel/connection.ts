import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where a kernel listens, and the key that its messages are signed with. */
export interface Connection {
  readonly folder: string
  readonly file: string
  readonly key: string
  readonly endpoints: Readonly<Record<Channel, string>>
}

/** The channels of a kernel. `stdin` is named because a kernel binds it; no cell may ask for input. */
export type Channel = 'shell' | 'iopub' | 'stdin' | 'control' | 'hb'

const CHANNELS: readonly Channel[] = ['shell', 'iopub', 'stdin', 'control', 'hb']

/** A socket file's path may not be longer than this (108 bytes with its final zero, less the port). */
const LONGEST_SOCKET_PATH = 100

/** Writes a connection file into a private temporary folder: socket files in that folder, or free ports of this host. */
export async function openConnection(transport: 'ipc' | 'tcp'): Promise<Connection> {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-kernel-'))
  const socket = join(folder, 's')
  const usesFiles = transport === 'ipc' && socket.length <= LONGEST_SOCKET_PATH
  const ip = usesFiles ? socket : '127.0.0.1'
  const ports = usesFiles ? [1, 2, 3, 4, 5] : await freePorts(CHANNELS.length)
  const key = randomBytes(32).toString('hex')
  const file = join(folder, 'connection.json')
  const numbered = CHANNELS.map((channel, i) => [`${channel}_port`, ports[i]])
  const content = { transport: usesFiles ? 'ipc' : 'tcp', ip, key, signature_scheme: 'hmac-sha256' }
  writeFileSync(file, JSON.stringify({ ...content, ...Object.fromEntries(numbered) }), { mode: 0o600 })
  const addresses = CHANNELS.map((channel, i) => [channel, `${content.transport}://${ip}:${ports[i]}`])
  return { folder, file, key, endpoints: Object.fromEntries(addresses) }
}

/** Removes what `openConnection` made. */
export function closeConnection(connection: Connection): void {
  rmSync(connection.folder, { recursive: true, force: true })
}

/** Ports that were free a moment ago: all are held until the last is found, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen))
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  return ports
}

function listen(): Promise<Server> {
  return new Promise((listening, failed) => {
    const server = createServer().once('error', failed)
    server.listen(0, '127.0.0.1', () => listening(server))
  })
}
