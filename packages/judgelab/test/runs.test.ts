import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listRuns, type Project, projectAt, runFolder } from '@judgelab/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadStudy, runStudy, silentProgress } from '../src/index.js'
import { runHere } from './command.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
let project: Project
let runIds: string[]

let done: string
beforeAll(async () => {
  done = mkdtempSync(join(tmpdir(), 'judgelab-done-'))
  smallProject(done)
  const signal = new AbortController().signal
  await runStudy(await loadStudy('small', done), { progress: silentProgress, signal, withReport: false })
})
afterAll(() => rmSync(done, { recursive: true }))

beforeEach(async () => {
  project = projectAt(newFolder())
  cpSync(done, project.root, { recursive: true })
  runIds = await listRuns(project.runs)
})

const idOf = (begin: string): string => runIds.find((id) => id.startsWith(begin)) as string
const folderOf = (begin: string) => runFolder(project.runs, idOf(begin))

/** Rewrites the manifest of the run of judge `longer`. */
function editManifest(change: (text: string) => string): void {
  const { manifest } = folderOf('local-longer')
  writeFileSync(manifest, change(readFileSync(manifest, 'utf8')))
}

describe('judgelab runs', () => {
  it('lists every run with its judge, study and count', async () => {
    const { code, stdout } = await runHere(project.root, 'runs')
    expect(code).toBe(0)
    for (const id of runIds) expect(stdout).toContain(id)
    expect(stdout).toMatch(/local-longer-[0-9a-f]{12}\s+longer\s+small\s+24\s+24\s+20/)
  })

  it('is a JSON list with --json', async () => {
    const { stdout } = await runHere(project.root, 'runs', '--json')
    const listed = JSON.parse(stdout) as { runId: string; judgments: number; asked: number; problem: null }[]
    expect(listed.map(({ runId }) => runId)).toEqual(runIds)
    expect(listed.every(({ judgments, asked, problem }) => judgments === 24 && asked === 24 && problem === null)).toBe(
      true,
    )
  })

  it('goes on past a run that it cannot read, and says what is wrong with it', async () => {
    editManifest(() => '{"formatVersion": 1, "runId"')
    const { code, stdout } = await runHere(project.root, 'runs')
    expect(code).toBe(0)
    expect(stdout).toContain(idOf('local-random'))
    expect(stdout).toMatch(/manifest\.json: expected JSON, found/)
    const listed = JSON.parse((await runHere(project.root, 'runs', '--json')).stdout) as { problem: string | null }[]
    expect(listed.filter(({ problem }) => problem !== null)).toHaveLength(1)
  })

  it('says how runs come to be where there are none', async () => {
    const { root } = smallProject(newFolder())
    expect((await runHere(root, 'runs')).stdout).toBe('no runs yet: judgelab run studies/quickstart.yaml makes some\n')
    expect((await runHere(root, 'runs', '--json')).stdout).toBe('[]\n')
  })
})

describe('judgelab show', () => {
  it('shows a run by its id and by how it begins', async () => {
    const byPrefix = await runHere(project.root, 'show', 'local-longer')
    expect(byPrefix).toMatchObject({ code: 0, stderr: '' })
    expect(await runHere(project.root, 'show', idOf('local-longer'))).toEqual(byPrefix)
    expect(byPrefix.stdout).toMatch(/^judge +longer \(local, longer, pairwise\), id [0-9a-f]{16}$/m)
    expect(byPrefix.stdout).toMatch(/^judgments +24 of 24$/m)
    expect(byPrefix.stdout).toMatch(/^failures +none$/m)
  })

  it('is one JSON object with --json', async () => {
    const { stdout } = await runHere(project.root, 'show', 'local-longer', '--json')
    const shown = JSON.parse(stdout) as {
      manifest: { runId: string }
      choices: Record<string, number>
      missing: number
    }
    expect(shown).toMatchObject({ manifest: { runId: idOf('local-longer') }, judgments: 24, missing: 0, failures: {} })
    expect(Object.values(shown.choices).reduce((sum, count) => sum + count, 0)).toBe(24)
  })

  it('counts what a stopped run is missing, and a torn line does not trouble it', async () => {
    const { log } = folderOf('local-longer')
    const lines = readFileSync(log, 'utf8').split('\n')
    writeFileSync(log, `${lines.slice(0, 20).join('\n')}\n${lines[20]?.slice(0, 30)}`)
    expect((await runHere(project.root, 'show', 'local-longer')).stdout).toMatch(/^judgments +20 of 24, 4 missing$/m)
  })

  it('refuses a beginning that fits several runs, and one that fits none', async () => {
    const several = await runHere(project.root, 'show', 'local-linear')
    expect(several.code).toBe(2)
    for (const id of runIds.filter((held) => held.startsWith('local-linear'))) expect(several.stderr).toContain(id)
    const none = await runHere(project.root, 'show', 'remote')
    expect(none).toMatchObject({ code: 2, stdout: '' })
    expect(none.stderr).toContain(
      'remote: expected the id of one run, how it begins, or its folder; found none of 4 runs',
    )
  })

  it('refuses a run of a newer version, and leaves it as it is', async () => {
    editManifest((text) => text.replace('"formatVersion": 1', '"formatVersion": 2'))
    const { manifest } = folderOf('local-longer')
    const before = readFileSync(manifest, 'utf8')
    const { code, stderr } = await runHere(project.root, 'show', 'local-longer')
    expect(code).toBe(1)
    expect(stderr).toContain(
      'manifest.json: formatVersion: written by a newer judgelab: format version 2, this one reads up to 1',
    )
    expect((await runHere(project.root, 'run', 'small', '--no-report')).code).toBe(1)
    expect(readFileSync(manifest, 'utf8')).toBe(before)
  })

  it.each([
    [
      'a malformed manifest',
      () => editManifest((text) => text.replace('"studies', 'x').replace('"small"', '7')),
      /manifest\.json: study: expected a (text|string), found 7\n$/,
    ],
    ['a malformed line', () => appendFileSync(folderOf('local-longer').log, '{"v":1}\n'), /judgments\.jsonl:25: /],
    [
      'a line of a newer version',
      () => appendFileSync(folderOf('local-longer').log, '{"v":2}\n'),
      /judgments\.jsonl:25: v: written by a newer judgelab/,
    ],
    ['a folder without a manifest', () => mkdirSync(join(project.runs, 'local-longer-empty')), /found/],
  ] as const)('names file and place of %s', async (_, damage, message) => {
    damage()
    const named = _ === 'a folder without a manifest' ? 'local-longer-empty' : idOf('local-longer')
    const { code, stdout, stderr } = await runHere(project.root, 'show', named)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(message)
  })
})
