import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Dealer, Subscriber } from 'zeromq'
import type { Connection } from './connection.js'
import { decodeMessage, encodeMessage, requestMessage, type WireMessage } from './wire.js'

/** This side of a kernel's channels. */
export interface KernelClient {
  /** Resolves with the reply once the kernel has also published that it is idle: by then every output has arrived. */
  readonly ask: (
    type: string,
    content: WireMessage['content'],
    started?: (requestId: string) => void,
  ) => Promise<WireMessage>
  /** Connects; resolves when the kernel answers and its publications are heard. */
  readonly ready: () => Promise<void>
  readonly requestShutdown: () => void
  readonly close: () => void
}

interface Pending {
  reply?: WireMessage
  isIdle: boolean
  readonly resolve: (reply: WireMessage) => void
}

/** How long after the first question a kernel that is starting is asked again; each wait is longer than the last. */
const KNOCK_MS = 30

/** Sockets for a kernel, connected by `ready`. `onPublished` gets every signed message of the iopub channel. */
export function openClient(connection: Connection, onPublished: (message: WireMessage) => void): KernelClient {
  const settings = { linger: 0, reconnectInterval: 20, receiveHighWaterMark: 0 }
  const session = randomUUID()
  const shell = new Dealer({ ...settings, routingId: session })
  const control = new Dealer({ ...settings, routingId: session })
  const iopub = new Subscriber(settings)
  const pending = new Map<string, Pending>()

  const connect = (): void => {
    shell.connect(connection.endpoints.shell)
    control.connect(connection.endpoints.control)
    iopub.connect(connection.endpoints.iopub)
    iopub.subscribe()
  }
  listen(shell, connection.key, (message) => settle(pending, message, (waiting) => (waiting.reply = message)))
  listen(iopub, connection.key, (message) => {
    onPublished(message)
    if (message.header.msg_type === 'status' && message.content.execution_state === 'idle')
      settle(pending, message, (waiting) => (waiting.isIdle = true))
  })

  const ask: KernelClient['ask'] = (type, content, started) => {
    const message = requestMessage(session, type, content)
    started?.(message.header.msg_id)
    return new Promise((resolve, reject) => {
      pending.set(message.header.msg_id, { isIdle: false, resolve })
      shell.send(encodeMessage(message, connection.key)).catch(reject)
    })
  }
  return {
    ask,
    ready: () => {
      connect()
      return knock(ask)
    },
    requestShutdown: () => {
      const message = requestMessage(session, 'shutdown_request', { restart: false })
      control.send(encodeMessage(message, connection.key)).catch(() => {})
    },
    close: () => {
      for (const socket of [shell, control, iopub]) socket.close()
    },
  }
}

function settle(pending: Map<string, Pending>, message: WireMessage, note: (waiting: Pending) => void): void {
  const id = message.parent.msg_id ?? ''
  const waiting = pending.get(id)
  if (waiting === undefined) return
  note(waiting)
  if (waiting.reply === undefined || !waiting.isIdle) return
  pending.delete(id)
  waiting.resolve(waiting.reply)
}

/**
 * A subscription takes a moment, in which publications are lost: asks until one request was seen through. On a busy
 * machine an answer may come long after its question, so any of them will do.
 */
async function knock(ask: KernelClient['ask']): Promise<void> {
  const answers: Promise<true>[] = []
  let isThere = false
  while (!isThere) {
    answers.push(ask('kernel_info_request', {}).then(() => true))
    isThere = await Promise.race([...answers, sleep(KNOCK_MS * answers.length, false)])
  }
}

/** Hands on every well-signed message; what is not signed with the key was not sent by the kernel and is dropped. */
async function listen(
  socket: Dealer | Subscriber,
  key: string,
  receive: (message: WireMessage) => void,
): Promise<void> {
  for await (const frames of socket) {
    const message = tryDecode(frames, key)
    if (message !== undefined) receive(message)
  }
}

function tryDecode(frames: readonly Uint8Array[], key: string): WireMessage | undefined {
  try {
    return decodeMessage(frames, key)
  } catch {
    return undefined
  }
}
