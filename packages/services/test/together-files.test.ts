import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createTogetherClient, findTogetherFile, uploadToTogether, waitForTogetherFile } from '../src/index.js'
import { temporaryFolder } from './temporary-folder.js'

let server: Server | undefined
afterEach(() => server?.close())

/** A store with the documented three steps: a place for the file, its bytes, its state. */
async function startStore(
  states: readonly object[],
  answer = 302,
): Promise<{ url: string; asked: string[]; bytes: string[] }> {
  const asked: string[] = []
  const bytes: string[] = []
  let looks = 0
  const respond = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    asked.push(`${request.method} ${request.url}`)
    const json = (value: unknown): void => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
    }
    if (request.method === 'POST')
      response.writeHead(answer, { location: `${url}/put`, 'x-together-file-id': 'file-1' }).end('{}')
    else if (request.method === 'PUT') {
      bytes.push(body)
      response.end()
    } else if (request.url === '/v1/files') json({ data: states })
    else json(states[Math.min(looks++, states.length - 1)])
  }
  const started = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => respond(request, response, Buffer.concat(chunks).toString()))
  })
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(started.address() as AddressInfo).port}`
  return { url, asked, bytes }
}

describe('uploadToTogether', () => {
  it('asks for a place and puts the bytes there', async () => {
    const { url, asked, bytes } = await startStore([{}])
    const file = join(temporaryFolder(), 'pairs.jsonl')
    writeFileSync(file, '{"a":"é"}\n')
    const client = createTogetherClient({ apiKey: 'k', baseUrl: `${url}/v1` })
    expect(await uploadToTogether(client, file, 'fine-tune')).toBe('file-1')
    expect(asked).toEqual(['POST /v1/files?file_name=pairs.jsonl&file_type=jsonl&purpose=fine-tune', 'PUT /put'])
    expect(bytes).toEqual(['{"a":"é"}\n'])
  })

  it('says which file has no place', async () => {
    const { url } = await startStore([{}], 200)
    const client = createTogetherClient({ apiKey: 'k', baseUrl: `${url}/v1` })
    await expect(uploadToTogether(client, '/none/a.csv', 'eval')).rejects.toThrow(
      '/none/a.csv could not be uploaded: expected a place for it (302), found status 200',
    )
  })
})

describe('waitForTogetherFile', () => {
  it('waits until the file is looked through', async () => {
    const states = ['PENDING', 'RUNNING', 'COMPLETED'].map((processing_status) => ({ processing_status }))
    const { url, asked } = await startStore(states)
    await waitForTogetherFile(createTogetherClient({ apiKey: 'k', baseUrl: `${url}/v1` }), 'file-1', { firstMs: 1 })
    expect(asked).toHaveLength(3)
  })

  it('says what the service says of a file that it refuses', async () => {
    const refused = {
      filename: 'a.jsonl',
      processing_status: 'INVALID_FORMAT',
      validation_report: { valid: false, error: 'line 3' },
    }
    const { url } = await startStore([refused])
    const client = createTogetherClient({ apiKey: 'k', baseUrl: `${url}/v1` })
    await expect(waitForTogetherFile(client, 'file-1')).rejects.toThrow(
      'a.jsonl (file-1) was refused by the service: line 3',
    )
  })
})

describe('findTogetherFile', () => {
  it('finds the newest file of that name that was not refused and whose bytes have come', async () => {
    const file = { filename: 'a.jsonl', purpose: 'eval' }
    const { url } = await startStore([
      { ...file, id: 'old', created_at: 1 },
      { ...file, id: 'new', created_at: 3, processing_status: 'COMPLETED' },
      { ...file, id: 'refused', created_at: 4, processing_status: 'FAILED' },
      { ...file, id: 'other', purpose: 'fine-tune', created_at: 5 },
      { ...file, id: 'empty', bytes: 0, created_at: 6 },
    ])
    const client = createTogetherClient({ apiKey: 'k', baseUrl: `${url}/v1` })
    expect(await findTogetherFile(client, 'a.jsonl', 'eval')).toBe('new')
    expect(await findTogetherFile(client, 'b.jsonl', 'eval')).toBeUndefined()
  })
})
