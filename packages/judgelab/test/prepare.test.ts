import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectAt, toJsonl } from '@judgelab/core'
import { expect, it } from 'vitest'
import { loadStudy } from '../src/study/load-study.js'
import { contextBase, withContext } from '../src/study/open-context.js'
import { prepareData } from '../src/study/prepare.js'
import { recordedProgress } from './recorded-progress.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

/** What preparing a study over a file of these better responses tells. */
async function linesFor(...better: readonly string[]): Promise<readonly string[]> {
  const project = projectAt(newFolder())
  for (const folder of [project.studies, project.data]) mkdirSync(folder, { recursive: true })
  const rows = better.map((text, at) => ({ q: `${at}?`, better: text, worse: 'no' }))
  writeFileSync(join(project.data, 'own.jsonl'), toJsonl(rows))
  writeFileSync(
    join(project.studies, 'own.yaml'),
    `version: 1
name: own
title: Own data
question: What is left out?
benchmark: { source: file, path: data/own.jsonl, problems: report, columns: { prompt: q, chosen: better, rejected: worse } }
judges: [{ name: longer, label: Longer, provider: local, model: longer, control: true }]
evaluation: { side: all }
`,
  )
  const lines: string[] = []
  const progress = { ...recordedProgress().progress, finish: (line: string) => void lines.push(line) }
  const told = { progress, signal: new AbortController().signal, mayLabour: true }
  await withContext(contextBase(await loadStudy('own', project.root), {}), told, prepareData)
  return lines
}

it('says of the benchmark how many rows were left out, and nothing where none was', async () => {
  expect((await linesFor('yes', '', 'aye', ' '))[0]).toMatch(/2 examples of own\.jsonl, 2 left out$/)
  expect((await linesFor('yes', 'aye'))[0]).toMatch(/2 examples of own\.jsonl$/)
})
