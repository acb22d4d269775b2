import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { loadStudy } from '../src/index.js'
import { withPlaces } from '../src/study/with-places.js'
import { runHere } from './command.js'
import { type SmallStudy, smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

/** The root of the small project, with a replacement in its study. */
function rootOf(chosen: SmallStudy, from = '', to = ''): string {
  const { root, studies } = smallProject(newFolder(), chosen)
  const file = join(studies, 'small.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
  return root
}

const SIZES = 'trainSize: 40, testSize: 12'

describe('an error that is found when a study is done', () => {
  it.each(['run', 'estimate', 'audit'])('names file, line and column of the field in `%s`', async (command) => {
    const root = rootOf({ orders: 'first' })
    const { code, stderr } = await runHere(root, command, 'small')
    expect(code).toBe(2)
    expect(stderr).toContain('judgelab: studies/small.yaml:7:36: evaluation.orders: expected both orders, since')
  })

  it.each(['run', 'pairs'])(
    'is wrong usage in `%s` where the benchmark is too small for the split',
    async (command) => {
      const root = rootOf({}, `together-2026, seed: 42, ${SIZES}`, 'grouped, seed: 42, trainSize: 40, testSize: 30')
      const { code, stderr } = await runHere(root, command, 'small')
      expect(code).toBe(2)
      expect(stderr).toContain(
        'judgelab: studies/small.yaml:6:62: split.testSize: expected sizes that add up to at most the 60 examples, found testSize 30 and trainSize 40',
      )
    },
  )

  it('names the part around a field that the study leaves out', async () => {
    const root = rootOf({}, 'source: builtin', 'source: file')
    const { stderr } = await runHere(root, 'run', 'small')
    expect(stderr).toContain('judgelab: studies/small.yaml:5:12: benchmark.columns: expected the mapping')
  })

  it('stays as it is where the file has changed meanwhile, or it names no field', async () => {
    const root = rootOf({})
    const loaded = await loadStudy('small', root)
    const failing = (path: string): Promise<unknown> =>
      withPlaces(loaded, () => Promise.reject(new ConfigError('expected more', path))).catch((error) => error)
    expect(await failing('split')).toMatchObject({ path: 'studies/small.yaml:6:8', name: 'ConfigError' })
    expect(await failing('--json')).toMatchObject({ path: '--json' })
    writeFileSync(join(root, loaded.file), `# new\n${readFileSync(join(root, loaded.file), 'utf8')}`)
    expect(await failing('split')).toMatchObject({ path: 'split' })
  })
})
