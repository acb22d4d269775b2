import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Project, projectAt, toJsonl } from '@judgelab/core'
import { expect, it } from 'vitest'
import { runHere } from './command.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const JUDGE = 'provider: replay, format: judgebench, path: data/outputs.jsonl, model: m'

/** Four pairs of JudgeBench, and what a judge said of them: twice right, twice right, nothing of a pair, and no decision. */
function recordedProject(): Project {
  const project = projectAt(newFolder())
  for (const folder of [project.studies, project.data]) mkdirSync(folder, { recursive: true })
  const pairs = ['p0', 'p1', 'p2', 'p3'].map((pair_id) => ({
    ...{ pair_id, original_id: null, source: 'livebench-math', question: `${pair_id}?`, response_model: 'm' },
    ...{ response_A: `${pair_id} is right`, response_B: `${pair_id} is wrong`, label: 'A>B' },
  }))
  const right = [{ decision: 'A>B' }, { decision: 'B>A' }]
  const said = [right, right, [], [{ decision: 'A>B' }, { decision: 7 }]]
  writeFileSync(join(project.data, 'pairs.jsonl'), toJsonl(pairs))
  writeFileSync(
    join(project.data, 'outputs.jsonl'),
    toJsonl(pairs.map((pair, at) => ({ ...pair, judgments: said[at] }))),
  )
  writeFileSync(
    join(project.studies, 'recorded.yaml'),
    `version: 1
name: recorded
title: Recorded
question: What did the judge say?
benchmark: { source: judgebench, path: data/pairs.jsonl }
judges: [{ name: said, ${JUDGE} }]
evaluation: { side: all }
`,
  )
  return project
}

it('stops at recorded rows that cannot be used, or leaves them out, counts them, and says so in the report', async () => {
  const { root, studies, reports } = recordedProject()
  const strict = await runHere(root, 'run', 'recorded')
  expect(strict.code).toBe(1)
  expect(strict.stderr).toMatch(
    /outputs\.jsonl:3: judgments: expected .*\n {2}.*outputs\.jsonl:4: judgments\.1\.decision/,
  )
  expect(strict.stderr).toContain('2 problems in all; `problems: report` would leave these rows out and count them')
  const study = join(studies, 'recorded.yaml')
  writeFileSync(study, readFileSync(study, 'utf8').replace(JUDGE, `${JUDGE}, problems: report`))
  const report = await runHere(root, 'run', 'recorded')
  expect(report.code).toBe(0)
  expect(report.stderr).toContain('8 judgments, 4 failed')
  const page = readFileSync(join(reports, 'recorded', 'methods.html'), 'utf8')
  expect(page).toMatch(/<td[^>]*>rowsLeftOut 2<\/td>/)
})
