import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { listRuns, presentationOf, runFolder, toJsonl } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { loadStudy, runStudy, silentProgress } from '../src/index.js'
import { runHere } from './command.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

describe('judgelab score', () => {
  it('says of runs, and of their packed logs, what the study says of them', async () => {
    const project = smallProject(newFolder())
    const signal = new AbortController().signal
    const { results } = await runStudy(await loadStudy('small', project.root), {
      progress: silentProgress,
      signal,
      withReport: false,
    })
    const scored = await runHere(project.root, 'score', 'local-longer', 'local-random', '--json')
    expect([scored.code, scored.stderr]).toEqual([0, ''])
    const scores = JSON.parse(scored.stdout)
    for (const [at, name] of ['longer', 'random'].entries()) {
      const judge = results.judges.find((held) => held.name === name)
      const [overall] = scores.runs[at].scores
      expect([name, overall.counts, overall.n]).toEqual([name, judge?.counts, results.evaluation.n])
    }
    const runId = (await listRuns(project.runs)).find((id) => id.startsWith('local-longer')) as string
    const { log, folder } = runFolder(project.runs, runId)
    const outside = newFolder()
    const byFolder = await runHere(outside, 'score', folder, '--json')
    expect([byFolder.stderr, JSON.parse(byFolder.stdout).runs]).toEqual(['', [scores.runs[0]]])
    const unnamed = await runHere(outside, 'score', log, '--json')
    expect(unnamed.stderr).toMatch(/--examples: expected a file with id and subset/)
    const packed = await runHere(project.root, 'pack', 'local-longer')
    expect(packed.stdout).toMatch(/^24 judgments in \S+judgments\.parquet/)
    const elsewhere = join(newFolder(), 'elsewhere.parquet')
    cpSync(join(folder, 'judgments.parquet'), elsewhere)
    const zipped = join(newFolder(), 'zipped.jsonl.gz')
    writeFileSync(zipped, gzipSync(readFileSync(log)))
    rmSync(log)
    const again = await runHere(project.root, 'score', 'local-longer', 'local-random', '--json')
    expect(JSON.parse(again.stdout).contrasts).toEqual(scores.contrasts)
    const examples = join(project.artifacts, 'small', 'examples.jsonl')
    const table = await runHere(outside, 'score', elsewhere, '--examples', examples, '--ties', 'half')
    expect(table.stdout).toMatch(/elsewhere\s+all/)
    const both = await runHere(project.root, 'score', elsewhere, zipped, '--examples', examples, '--json')
    const [one, other] = JSON.parse(both.stdout).runs
    expect([other.name, other.scores]).toEqual(['zipped', one.scores])
    const odd = join(newFolder(), `it's "odd" [1]`)
    mkdirSync(odd)
    const lines = gunzipSync(readFileSync(zipped)).toString().trim().split('\n')
    for (const [part, at] of ['a', 'b'].entries())
      writeFileSync(join(odd, `half ${at}.jsonl`), `${lines.slice(part * 12, part * 12 + 12).join('\n')}\n`)
    const pattern = join(odd.replace('[1]', '*'), 'half *.jsonl')
    const halves = await runHere(project.root, 'score', pattern, '--examples', examples, '--json')
    expect(JSON.parse(halves.stdout).runs[0]).toMatchObject({ judgments: 24, scores: one.scores })
  })

  it('counts a strong preference three times under --rule strength', async () => {
    const project = smallProject(newFolder())
    const examples = join(project.root, 'examples.jsonl')
    writeFileSync(examples, toJsonl([{ id: 'e', subset: 'Math' }]))
    const log = join(project.root, 'log.jsonl')
    const game = (slots: number[], strength: string) => {
      const { id, ...shown } = presentationOf({
        exampleId: 'e',
        comparisonId: 'e:0>1',
        mode: 'pairwise',
        slots,
        repeat: 0,
      })
      const outcome = { kind: 'choice', slot: 0, strength }
      return { v: 1, presentationId: id, ...shown, outcome, latencyMs: 1, at: '2026-02-02T12:00:00.000Z' }
    }
    // A>>B for the chosen response in the one order, A>B for the rejected one in the other.
    writeFileSync(log, toJsonl([game([0, 1], 'strong'), game([1, 0], 'slight')]))
    const credits = []
    for (const rule of ['strength', 'average', 'net']) {
      const { stdout } = await runHere(project.root, 'score', log, '--examples', examples, '--rule', rule, '--json')
      credits.push(JSON.parse(stdout).runs[0].scores[0].credit)
    }
    expect(credits).toEqual([0.75, 0.5, 0])
  })

  it('names the option that is wrong', async () => {
    const project = smallProject(newFolder())
    const { code, stderr } = await runHere(project.root, 'score', 'a.jsonl', '--examples', 'b.jsonl', '--rule', 'net-')
    expect([code, stderr]).toEqual([2, expect.stringMatching(/--rule: expected one of .*found "net-" .did you mean/)])
    const none = await runHere(project.root, 'score', 'a.jsonl')
    expect(none.stderr).toContain('--examples')
  })
})
