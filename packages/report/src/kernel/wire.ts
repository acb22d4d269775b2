import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'

/** One message of the Jupyter protocol, as JSON. */
export interface WireMessage {
  readonly header: WireHeader
  readonly parent: Partial<WireHeader>
  readonly content: Readonly<Record<string, unknown>>
}

/** Who sent a message, and what kind it is. */
export interface WireHeader {
  readonly msg_id: string
  readonly msg_type: string
  readonly session: string
  readonly username: string
  readonly version: string
  readonly date: string
}

const DELIMITER = '<IDS|MSG>'

/** A request of one client session, with an id of its own. */
export function requestMessage(session: string, type: string, content: Readonly<Record<string, unknown>>): WireMessage {
  const header = {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: 'judgelab',
    version: '5.3',
    date: new Date().toISOString(),
  }
  return { header, parent: {}, content }
}

/** The frames of a message: delimiter, signature, header, parent, metadata, content. */
export function encodeMessage(message: WireMessage, key: string): string[] {
  const body = [message.header, message.parent, {}, message.content].map((part) => JSON.stringify(part))
  return [DELIMITER, sign(body, key), ...body]
}

/**
 * Reads the frames of a message and checks its signature; routing frames before the delimiter are skipped.
 *
 * @throws {Error} if the delimiter is missing or the signature is not the one `key` gives
 */
export function decodeMessage(frames: readonly Uint8Array[], key: string): WireMessage {
  const texts = frames.map((frame) => Buffer.from(frame).toString('utf8'))
  const start = texts.indexOf(DELIMITER)
  const [signature = '', ...body] = texts.slice(start + 1, start + 6)
  if (start < 0 || body.length < 4) throw new Error('decodeMessage needs six frames from the delimiter on')
  if (!sameText(signature, sign(body, key)))
    throw new Error('decodeMessage needs a message signed with the kernel’s key')
  const [header, parent, , content] = body.map((part) => JSON.parse(part))
  return { header, parent, content }
}

function sign(body: readonly string[], key: string): string {
  const hmac = createHmac('sha256', key)
  for (const part of body) hmac.update(part)
  return hmac.digest('hex')
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
