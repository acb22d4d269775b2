import { createServer, type Server } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { closeConnection, openConnection, whenBound } from '../../src/kernel/connection.js'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const listenAt = (endpoint: string): Promise<void> =>
  new Promise((listening) => {
    const server = createServer().listen(Number(new URL(endpoint).port), '127.0.0.1', () => listening())
    servers.push(server)
  })

it('waits until a kernel listens on all of its ports', async () => {
  const connection = await openConnection('tcp')
  const [last, ...others] = Object.values(connection.endpoints)
  let isBound = false
  const bound = whenBound(connection, new AbortController().signal).then(() => {
    isBound = true
  })
  for (const endpoint of others) await listenAt(endpoint)
  await new Promise((soon) => setTimeout(soon, 200))
  expect(isBound).toBe(false)
  await listenAt(last as string)
  await bound
  closeConnection(connection)
})

it('stops waiting when it is told to, and does not wait for socket files', async () => {
  const connection = await openConnection('tcp')
  const stop = new AbortController()
  const waiting = whenBound(connection, stop.signal)
  stop.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow()
  closeConnection(connection)
  const files = await openConnection('ipc')
  await whenBound(files, new AbortController().signal)
  closeConnection(files)
})
