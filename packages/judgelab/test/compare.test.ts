import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LargeScores, RunComparison } from '@judgelab/analysis'
import { type Project, runFolder } from '@judgelab/core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { loadStudy, runStudy, type StudyOutcome } from '../src/index.js'
import { type Ended, runHere } from './command.js'
import { recordedProgress } from './recorded-progress.js'
import { smallProject } from './small-project.js'

describe('judgelab compare', () => {
  let project: Project
  let outcome: StudyOutcome
  const runOf = (judge: string): string => outcome.results.judges.find(({ name }) => name === judge)!.runId
  const compare = (...argv: readonly string[]): Promise<Ended> => runHere(project.root, 'compare', ...argv)

  const root = mkdtempSync(join(tmpdir(), 'compare-'))
  beforeAll(async () => {
    project = smallProject(root)
    outcome = await runStudy(await loadStudy('small', project.root), {
      progress: recordedProgress().progress,
      signal: new AbortController().signal,
      withReport: false,
    })
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('comes to what the study says of the same two judges', async () => {
    const { code, stdout } = await compare(runOf('linear'), runOf('linear+dpo'), '--json')
    expect(code).toBe(0)
    const { contrasts, evaluation } = JSON.parse(stdout) as RunComparison
    const [own] = outcome.results.contrasts
    expect(contrasts[0]).toMatchObject({ primary: own!.primary, flips: own!.flips, subsets: own!.subsets })
    expect(evaluation).toMatchObject({ rule: 'consistent', ties: 'wrong' })
  })

  it('compares each with each, with Holm’s correction over the pairs', async () => {
    const { stdout } = await compare(runOf('linear'), runOf('longer'), runOf('random'))
    expect(stdout).toContain('Holm’s p corrects for the 3 pairs.')
    expect(stdout.match(/^(longer|random) +(linear|longer) /gm)).toHaveLength(3)
  })

  it('takes other policies, and prints Markdown, LaTeX and CSV', async () => {
    const both = [runOf('linear'), runOf('random')]
    expect((await compare(...both, '--md', '--ties', 'half')).stdout).toMatch(/ties half[\s\S]*\| random \| linear \|/)
    expect((await compare(...both, '--tex')).stdout.match(/\\toprule/g)).toHaveLength(2)
    expect((await compare(...both, '--csv')).stdout).toMatch(/^judge,against,n,onlyA,onlyB,difference,difference_low/)
  })

  it('takes runs by their folders, from anywhere', async () => {
    const folders = [runOf('linear'), runOf('random')].map((id) => runFolder(project.runs, id).folder)
    const elsewhere = await runHere(tmpdir(), 'compare', ...folders, '--json')
    expect([elsewhere.code, elsewhere.stderr]).toEqual([0, ''])
    expect(elsewhere.stdout).toBe((await compare(runOf('linear'), runOf('random'), '--json')).stdout)
    expect((await runHere(tmpdir(), 'show', folders[0] as string)).stdout).toContain(runOf('linear'))
  })

  it.each([
    ['one run', () => [runOf('linear')], /expected two runs or more, found 1/],
    ['no such run', () => [runOf('linear'), 'nobody'], /nobody: expected the id of one run/],
    ['no such rule', () => [runOf('linear'), runOf('longer'), '--rule', 'best'], /--rule: expected one of consistent/],
    [
      'a misspelt rule',
      () => [runOf('linear'), runOf('longer'), '--rule', 'consistant'],
      /found "consistant" \(did you mean "consistent"\?\)/,
    ],
  ])('refuses %s', async (_, argv, message) => {
    const { code, stderr } = await compare(...argv())
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
  })

  it('refuses runs over other data, and says what is missing where the examples are gone', async () => {
    const { manifest } = runFolder(project.runs, runOf('random'))
    const text = readFileSync(manifest, 'utf8')
    writeFileSync(manifest, text.replace(/"fingerprint": "[0-9a-f]{4}/, '"fingerprint": "0000'))
    expect((await compare(runOf('linear'), runOf('random'))).stderr).toContain('whose fingerprints differ')
    writeFileSync(manifest, text)
    rmSync(join(project.artifacts, 'small', 'benchmark.json'))
    expect((await compare(runOf('linear'), runOf('random'))).stderr).toContain('judgelab run writes them')
  })
})

describe('runs of a study that stops early', () => {
  it('have the anytime-valid interval and p, never those of a fixed n, compared or scored', async () => {
    const root = mkdtempSync(join(tmpdir(), 'compare-'))
    onTestFinished(() => rmSync(root, { recursive: true, force: true }))
    const project = smallProject(root)
    appendFileSync(
      join(project.studies, 'small.yaml'),
      'stopping: { judge: longer, against: random, seed: 1, atLeast: 3 }\n',
    )
    const { results } = await runStudy(await loadStudy('small', project.root), {
      progress: recordedProgress().progress,
      signal: new AbortController().signal,
      withReport: false,
    })
    const { stopped } = results
    const runs = ['longer', 'random', 'linear'].map(
      (judge) => results.judges.find(({ name }) => name === judge)?.runId as string,
    )
    const compared = async (...argv: readonly string[]): Promise<RunComparison> =>
      JSON.parse((await runHere(root, 'compare', ...runs, '--json', ...argv)).stdout) as RunComparison

    const { runs: each, contrasts } = await compared()
    expect(each.map(({ comparisons, accuracy }) => [comparisons, accuracy.low, accuracy.status])).toEqual(
      runs.map(() => [stopped?.comparisons.length, null, 'stopped early']),
    )
    const tests = contrasts.map(({ primary }) => [primary.test, primary.p, primary.difference.low])
    const none = ['none', null, null]
    expect(tests).toEqual([['anytime-valid', stopped?.sequence.p, -(stopped?.sequence.high as number)], none, none])
    // The sequence is of other credits.
    const half = await compared('--ties', 'half')
    expect(half.contrasts.map(({ primary }) => [primary.test, primary.p, primary.difference.low])).toEqual([
      none,
      none,
      none,
    ])

    const logs = [runs[0] as string, join(project.runs, runs[1] as string, 'judgments.jsonl')]
    const examples = ['--examples', join(project.artifacts, 'small', 'examples.jsonl')]
    const scored = JSON.parse((await runHere(root, 'score', ...logs, ...examples, '--json')).stdout) as LargeScores
    for (const { scores } of scored.runs) for (const { low, high } of scores) expect([low, high]).toEqual([null, null])
    expect(scored.contrasts.length).toBeGreaterThan(0)
    for (const { low, high, p, adjustedP, mcnemar } of scored.contrasts)
      expect([low, high, p, adjustedP, mcnemar]).toEqual([null, null, null, null, null])
    const { stdout } = await runHere(root, 'score', ...logs, ...examples)
    expect(stdout).toContain(`Judging was stopped early in ${runs[0]}, judgments: no interval and no p`)
  })
})
