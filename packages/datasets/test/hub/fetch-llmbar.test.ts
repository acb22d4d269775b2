import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { DownloadError, digestText } from '@judgelab/core'
import { fetchLlmbar, LLMBAR_COMMIT, loadLlmbarVerdicts } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { temporaryFolders } from '../support/temporary-folder.js'
import { type RawServer, rawServers } from './raw-server.js'

const newFolder = temporaryFolders()
const startServer = rawServers()

const SUBSETS = ['Natural', 'Adversarial/Neighbor', 'Adversarial/GPTInst', 'Adversarial/GPTOut', 'Adversarial/Manual']
const ITEMS = [{ input: 'Say yes.', output_1: 'yes', output_2: 'no', label: 1 }]
const PASS = { winner: '1', completion: 'Output (a)' }
const VERDICTS = [{ results: { 'swap = False': PASS, 'swap = True': { ...PASS, winner: null } } }]

/** The repository's files, each item with its subset in it. */
function files(): Record<string, string> {
  const held: Record<string, string> = { LICENSE: 'MIT License' }
  for (const subset of SUBSETS) {
    held[`Dataset/LLMBar/${subset}/dataset.json`] = JSON.stringify([{ ...ITEMS[0], input: `Say yes to ${subset}.` }])
    held[`Dataset/LLMBar/${subset}/evaluators/GPT-4/Vanilla/result.json`] = JSON.stringify(VERDICTS)
  }
  return Object.fromEntries(Object.entries(held).map(([name, text]) => [`/mirror/${LLMBAR_COMMIT}/${name}`, text]))
}

function fetchFrom(server: RawServer, folder: string, judges?: string[]): ReturnType<typeof fetchLlmbar> {
  return fetchLlmbar({ folder, judges, baseUrl: `${server.url}/mirror/`, backoffMs: 1, retries: 2 })
}

describe('fetchLlmbar', () => {
  it('fetches items, verdicts and licence in the original layout, and says which commit and bytes they are', async () => {
    const [server, folder] = [await startServer(files()), newFolder()]
    const { benchmark, files: fetched } = await fetchFrom(server, folder, ['GPT-4/Vanilla'])
    expect(fetched).toHaveLength(11)
    expect(benchmark.examples.map(({ id }) => id)).toEqual(SUBSETS.map((subset) => `${subset}#0`))
    expect((await loadLlmbarVerdicts(folder, 'GPT-4/Vanilla')).size).toBe(10)
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe('MIT License')
    const note = JSON.parse(readFileSync(join(folder, 'fetched.json'), 'utf8')) as {
      commit: string
      sha256: Record<string, string>
    }
    expect(note).toMatchObject({ formatVersion: 1, repository: 'princeton-nlp/LLMBar', commit: LLMBAR_COMMIT })
    expect(note.sha256.LICENSE).toBe(digestText('MIT License'))
    expect(Object.keys(note.sha256)).toHaveLength(11)
  })

  it('leaves what is there, and goes on after a failure', async () => {
    const [whole, folder] = [files(), newFolder()]
    const missing = `/mirror/${LLMBAR_COMMIT}/Dataset/LLMBar/Adversarial/GPTOut/dataset.json`
    const { [missing]: text, ...others } = whole
    const lame = await startServer(others)
    await expect(fetchFrom(lame, folder)).rejects.toThrow(/GPTOut\/dataset\.json: expected a file, found HTTP 404/)
    expect(existsSync(join(folder, 'fetched.json'))).toBe(false)
    const sound = await startServer({ ...others, [missing]: text as string })
    await fetchFrom(sound, folder)
    expect(sound.seen).toEqual([missing, `/mirror/${LLMBAR_COMMIT}/Dataset/LLMBar/Adversarial/Manual/dataset.json`])
  })

  it('tells a host that refuses connections from wrong usage, with the reason', async () => {
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    await new Promise((resolve) => silent.close(resolve))
    const folder = newFolder()
    const fetching = fetchLlmbar({
      folder,
      baseUrl: `http://127.0.0.1:${port}`,
      backoffMs: 1,
      retries: 2,
    })
    const failure = await fetching.catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(DownloadError)
    expect(failure).toMatchObject({ status: undefined, cause: expect.any(Error) })
    expect(String(failure)).toMatch(/LICENSE: expected an answer, found none in 3 attempts \(.*ECONNREFUSED/)
    expect(String(failure)).toContain(`put it at ${join(folder, 'LICENSE')}`)
  })

  it.each([
    ['LICENSE', '\n<!DOCTYPE html><title>Log in</title>', 'expected a text, found "\\n<!DOCTYPE html>'],
    ['Dataset/LLMBar/Natural/dataset.json', '<html>', 'expected JSON, found "<html>"'],
    ['Dataset/LLMBar/Natural/dataset.json', '{"message":"slow down"}', 'expected a JSON list, found "{'],
    [
      'Dataset/LLMBar/Adversarial/Manual/evaluators/GPT-4/Vanilla/result.json',
      '<html>',
      'expected JSON, found "<html>"',
    ],
  ])('does not take a page for %s, and keeps nothing of it', async (file, page, message) => {
    const folder = newFolder()
    const path = `/mirror/${LLMBAR_COMMIT}/${file}`
    const portal = await startServer({ ...files(), [path]: page })
    await expect(fetchFrom(portal, folder, ['GPT-4/Vanilla'])).rejects.toThrow(`${file}: ${message}`)
    expect(readdirSync(dirname(join(folder, file)))).not.toContain(basename(file))
    expect(readdirSync(dirname(join(folder, file)))).not.toContain(`${basename(file)}.incomplete`)
    const sound = await startServer(files())
    await fetchFrom(sound, folder, ['GPT-4/Vanilla'])
    expect(sound.seen[0]).toBe(path)
  })

  it('reads the verdicts that it fetched, and those that stood there', async () => {
    const path = 'Dataset/LLMBar/Adversarial/Manual/evaluators/GPT-4/Vanilla/result.json'
    const odd = { ...files(), [`/mirror/${LLMBAR_COMMIT}/${path}`]: '[{"results":{"swap = False":{"winner":"3"}}}]' }
    const fetching = fetchFrom(await startServer(odd), newFolder(), ['GPT-4/Vanilla'])
    await expect(fetching).rejects.toThrow(
      `${path}#0: results.0.swap = False.winner: expected 1, 2, tie or null, found "3"`,
    )
  })
})
