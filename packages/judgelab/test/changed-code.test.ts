import { listRuns } from '@judgelab/core'
import { expect, it, vi } from 'vitest'
import { loadStudy, runStudy } from '../src/index.js'
import { recordedProgress } from './recorded-progress.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const code = vi.hoisted(() => ({ changed: '' }))

vi.mock(import('../src/study/code-version.js'), async (importOriginal) => ({
  ...(await importOriginal()),
  codeVersion: async (packages: readonly string[]) =>
    [...packages].map((name) => (name === code.changed ? `${name} changed` : name)).join(),
}))

it('asks the local judges again when their code changed, and finds their runs again when it is as it was', async () => {
  const project = smallProject(newFolder())
  const ranWith = async (changed: string): Promise<string[]> => {
    code.changed = changed
    const { progress, lines } = recordedProgress()
    const options = { progress, signal: new AbortController().signal, withReport: false }
    await runStudy(await loadStudy('small', project.root), options)
    return lines.filter((line) => /^Judging.*: ran$/.test(line))
  }
  expect(await ranWith('')).toHaveLength(4)
  const runs = await listRuns(project.runs)
  expect(await ranWith('judges')).toHaveLength(4)
  expect(await listRuns(project.runs)).toHaveLength(8)
  expect(await ranWith('stats')).toHaveLength(4)
  expect(await ranWith('stats')).toHaveLength(0)
  expect((await listRuns(project.runs)).filter((id) => runs.includes(id))).toEqual(runs)
})
