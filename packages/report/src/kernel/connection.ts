import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

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

/** Between two tries of a port, and once more when all listen: a port takes connections just before its kernel knows. */
const PAUSE_MS = 50

/**
 * Resolves when a kernel listens on all its ports. A kernel that is spoken to while it still binds may never answer (tslab,
 * see bind-at-once.cjs), so that each port is tried with a connection that says nothing. Socket files are those of our own
 * kernel, which needs no such care.
 *
 * @throws the signal's reason
 */
export async function whenBound({ endpoints }: Connection, signal: AbortSignal): Promise<void> {
  const ports = Object.values(endpoints).flatMap((endpoint) =>
    endpoint.startsWith('tcp:') ? Number(new URL(endpoint).port) : [],
  )
  if (ports.length === 0) return
  for (const port of ports) while (!(await listens(port))) await sleep(PAUSE_MS, undefined, { signal })
  await sleep(PAUSE_MS, undefined, { signal })
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    }).once('error', () => resolve(false))
  })
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
