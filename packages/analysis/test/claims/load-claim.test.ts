import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProject } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { loadClaim, tryLoadPublishedExperiment } from '../../src/index.js'
import { temporaryFolders } from '../temporary-folder.js'

const project = findProject(import.meta.dirname)
const newFolder = temporaryFolders()

describe('loadClaim', () => {
  it('finds a claim by its name in data/published, and by a path from the project', async () => {
    const byName = await loadClaim('judgebench-2024', project)
    expect(byName.n).toBe(350)
    expect(await loadClaim('data/published/judgebench-2024.claim.yaml', project)).toEqual(byName)
  })

  it('names the file that is not there, and the line that is wrong', async () => {
    await expect(loadClaim('nobody-2030', project)).rejects.toThrow(
      /data\/published\/nobody-2030\.claim\.yaml: expected a claim, found no readable file/,
    )
    const file = join(newFolder(), 'wrong.yaml')
    writeFileSync(file, 'version: 1\ntitle: t\nn: many\njudges: []\n')
    await expect(loadClaim(file, project)).rejects.toThrow(/wrong\.yaml:3:/)
  })

  it('has an experiment only beside the claim that has one', async () => {
    expect((await tryLoadPublishedExperiment('together-2026-02', project))?.split.testTotal).toBe(297)
    expect(await tryLoadPublishedExperiment('judgebench-2024', project)).toBeNull()
  })
})
