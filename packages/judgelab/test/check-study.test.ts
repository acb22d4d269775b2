import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadStudy, runStudy, silentProgress } from '../src/index.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const LONGER = '{ name: longer, label: Longer, provider: local, model: longer, control: true }'

describe('a study that asks for what this version does not do', () => {
  it.each([
    [
      LONGER,
      '{ name: longer, provider: openai, model: m }',
      'prompts/pairwise.md: expected a prompt for mode pairwise, found no file that can be read',
    ],
    [
      LONGER,
      '{ name: longer, provider: openai, model: m, prompt: mine/p.md }',
      /small\.yaml:\d+:\d+: judges\.longer\.prompt: expected a prompt for mode pairwise in mine\/p\.md, found no file that can be read/,
    ],
    [
      LONGER,
      '{ name: longer, provider: local, model: longer, mode: rating }',
      'judges.longer.mode: expected mode pairwise or best-of-n of a local judge, found rating',
    ],
    [
      LONGER,
      '{ name: longer, provider: local, model: longer, settings: { seed: 1 } }',
      'judges.longer.settings.seed: expected no settings for this model',
    ],
    [
      LONGER,
      '{ name: longer, provider: replay, model: m, path: data/none, settings: { temperature: 1 } }',
      'judges.longer.settings.temperature: expected no settings of recorded verdicts, found one',
    ],
    [
      LONGER,
      '{ name: longer, provider: replay, model: m, path: data/none, mode: rating }',
      'judges.longer.mode: expected mode pairwise of recorded verdicts, found rating',
    ],
    ['base: linear', 'base: longer', 'tuning.linear+dpo.base: expected a local linear judge'],
    [
      'pairs: { split',
      'pairs: { strategy: verdicts, judge: longer, split',
      'pairs.judge: expected a pairwise judge behind a service',
    ],
  ])('is refused before anything is prepared: %s as %s', async (from, to, message) => {
    const project = smallProject(newFolder())
    const file = join(project.studies, 'small.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
    const options = { progress: silentProgress, signal: new AbortController().signal, withReport: false }
    await expect(runStudy(await loadStudy('small', project.root), options)).rejects.toThrow(message)
    expect(existsSync(project.artifacts)).toBe(false)
  })
})
