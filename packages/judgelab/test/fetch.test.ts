import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { LLMBAR_COMMIT } from '@judgelab/datasets'
import { afterEach, describe, expect, it } from 'vitest'
import { runHere } from './command.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const SUBSETS = ['Natural', 'Adversarial/Neighbor', 'Adversarial/GPTInst', 'Adversarial/GPTOut', 'Adversarial/Manual']

/** A server of LLMBar's files, one item a subset; returns its base URL. */
async function startMirror(missing?: string): Promise<string> {
  const files: Record<string, string> = { LICENSE: 'MIT License' }
  for (const subset of SUBSETS)
    files[`Dataset/LLMBar/${subset}/dataset.json`] = JSON.stringify([
      { input: `Say yes to ${subset}.`, output_1: 'yes', output_2: 'no', label: 1 },
    ])
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url ?? '').replace(`/${LLMBAR_COMMIT}/`, '')
    const text = name === missing ? undefined : files[name]
    response.writeHead(text === undefined ? 404 : 200).end(text ?? 'none')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('judgelab fetch llmbar', () => {
  it('puts LLMBar into data/llmbar of the project, tells how it goes, and what to write into a study', async () => {
    const { root, data } = smallProject(newFolder())
    const { code, stdout, stderr } = await runHere(root, 'fetch', 'llmbar', '--from', await startMirror())
    expect(code).toBe(0)
    expect(stderr).toContain('✓ Fetching LLMBar: 5 examples in 6 files')
    expect(stdout).toContain('benchmark: { source: llmbar, path: data/llmbar }')
    expect(readFileSync(join(data, 'llmbar', 'LICENSE'), 'utf8')).toBe('MIT License')
  })

  it('takes a folder and prints JSON', async () => {
    const folder = newFolder()
    const { code, stdout } = await runHere(
      folder,
      'fetch',
      'llmbar',
      '--to',
      join(folder, 'llmbar'),
      '--json',
      '--from',
      await startMirror(),
    )
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      folder: join(folder, 'llmbar'),
      commit: LLMBAR_COMMIT,
      examples: 5,
      files: expect.arrayContaining(['LICENSE']),
    })
  })

  it('ends with 1 and names the file that cannot be had', async () => {
    const { root } = smallProject(newFolder())
    const mirror = await startMirror('Dataset/LLMBar/Natural/dataset.json')
    const { code, stdout, stderr } = await runHere(root, 'fetch', 'llmbar', '--from', mirror)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('Natural/dataset.json: expected a file, found HTTP 404')
  })

  it('has examples', async () => {
    const { stdout } = await runHere(newFolder(), 'fetch', 'llmbar', '--help')
    expect(stdout).toContain('judgelab fetch llmbar --to data/llmbar')
  })
})
