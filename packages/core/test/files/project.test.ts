import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError, findProject, projectAt } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { temporaryFolders } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()

describe('projectAt', () => {
  it('places everything below the root, absolute', () => {
    const root = newFolder()
    expect(projectAt(join(root, 'x', '..'))).toEqual({
      root,
      data: join(root, 'data'),
      studies: join(root, 'studies'),
      notebooks: join(root, 'notebooks'),
      prompts: join(root, 'prompts'),
      runs: join(root, 'runs'),
      artifacts: join(root, 'artifacts'),
      cache: join(root, 'cache'),
      reports: join(root, 'reports'),
    })
  })
})

describe('findProject', () => {
  it('finds the nearest folder with studies/ above a folder or a file, the nearer of two', () => {
    const root = newFolder()
    mkdirSync(join(root, 'studies', 'deep'), { recursive: true })
    writeFileSync(join(root, 'studies', 'a.yaml'), '')
    expect(findProject(root).root).toBe(root)
    expect(findProject(join(root, 'studies', 'deep')).root).toBe(root)
    expect(findProject(join(root, 'studies', 'a.yaml')).root).toBe(root)
    mkdirSync(join(root, 'inner', 'studies'), { recursive: true })
    expect(findProject(join(root, 'inner')).root).toBe(join(root, 'inner'))
  })

  it('does not take a file named studies for the folder', () => {
    const root = newFolder()
    mkdirSync(join(root, 'studies'))
    mkdirSync(join(root, 'inner'))
    writeFileSync(join(root, 'inner', 'studies'), '')
    expect(findProject(join(root, 'inner')).root).toBe(root)
  })

  it('says where it looked when there is none', () => {
    const folder = newFolder()
    expect(() => findProject(folder)).toThrow(ConfigError)
    expect(() => findProject(folder)).toThrow(`${folder}: expected a project (a folder with studies/) here or above`)
  })
})
