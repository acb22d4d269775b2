import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PreferencePair, parsePreferencePair } from '@judgelab/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { runHere } from './command.js'
import { changed, smallProject, withPrompts } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

afterEach(() => {
  vi.unstubAllEnvs()
})

function pairsIn(file: string): PreferencePair[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line, at) => parsePreferencePair(JSON.parse(line), { file, line: at + 1 }))
}

describe('judgelab pairs', () => {
  it('refuses a cap of a subset that there is not, with its place and the nearest name', async () => {
    const { root } = changed(smallProject(newFolder()), 'pairs: {', 'pairs: { cap: { Mth: 0.2 },')
    const { code, stderr } = await runHere(root, 'pairs', 'small')
    expect(code).toBe(2)
    expect(stderr).toMatch(/studies\/small\.yaml:\d+:\d+: pairs\.cap\.Mth: expected a subset of the benchmark \(/)
    expect(stderr).toContain('found "Mth" (did you mean "Math"?)')
  })

  it('builds the pairs of a study with a data card, and exports them', async () => {
    const { root } = smallProject(newFolder())
    const { code, stdout, stderr } = await runHere(
      root,
      'pairs',
      'small',
      '--export',
      'together,trl',
      'trl-conversational',
      'csv',
      '--out',
      'my pairs',
    )
    expect([code, stderr.includes('expected')]).toEqual([0, false])
    const train = pairsIn(join(root, 'my pairs/train.jsonl'))
    expect(train.length).toBeGreaterThan(10)
    expect(stdout).toContain(`my pairs/together/train.jsonl: ${train.length} rows`)
    expect(stdout).toContain('Data card: my pairs/card.md')
    expect(readdirSync(join(root, 'my pairs/trl')).sort()).toEqual(
      ['train', 'validation']
        .flatMap((side) => [`${side}.jsonl`, `${side}.parquet`])
        .concat([
          'README.md',
          'dpo.json',
          'one-node.yaml',
          'requirements.txt',
          'several-nodes-deepspeed.yaml',
          'several-nodes.yaml',
          'train.py',
        ])
        .sort(),
    )
    const card = readFileSync(join(root, 'my pairs/card.md'), 'utf8')
    expect(card).toContain(
      "Made by `judgelab pairs small --export together,trl trl-conversational csv --out 'my pairs'`",
    )
    expect(card).toMatch(/The base policy likes the non-preferred output better in \d+\.\d % of the pairs/)
    expect(existsSync(join(root, 'artifacts/small/steps.json'))).toBe(false)
  })

  it('prints one JSON object', async () => {
    const { root } = smallProject(newFolder())
    const { stdout } = await runHere(root, 'pairs', 'small', '--export', 'parquet', '--json')
    const { card, files, folder } = JSON.parse(stdout)
    expect(card).toMatchObject({ study: 'small', leaks: { policy: 'stop', found: { example: 0 } } })
    expect(files.map(({ rows }: { rows: number }) => rows)).toEqual([card.summary.train, card.summary.validation])
    expect(folder).toBe(join(root, 'artifacts/small/pairs-export'))
  })

  it('says which of two strategies or formats was meant, and what is missing', async () => {
    const { root } = smallProject(newFolder())
    const said = async (...argv: string[]): Promise<string> => (await runHere(root, 'pairs', 'small', ...argv)).stderr
    expect(await said('--export', 'togehter')).toContain('found "togehter" (did you mean "together"?)')
    expect(await said('--strategy', 'verdict')).toContain('--strategy: expected one of responses, verdicts, critiques')
    expect(await said('--strategy', 'verdicts')).toContain('expected the study to say `pairs.judge:`')
  })

  it('stops at pairs that show what is judged, unless the study says otherwise', async () => {
    const project = changed(smallProject(newFolder()), 'evaluation: {', 'evaluation: { side: train,')
    const { code, stderr } = await runHere(project.root, 'pairs', 'small')
    expect(code).toBe(1)
    expect(stderr).toMatch(/pairs\.leaks: stop\), found of \d+ pairs \d+ made of a judged example/)
    expect(existsSync(join(project.root, 'artifacts/small/pairs-export'))).toBe(false)
    changed(project, 'pairs: {', 'pairs: { leaks: report,')
    expect((await runHere(project.root, 'pairs', 'small')).code).toBe(0)
  })

  it('refuses weighted pairs where a format has no weights, or drops the weights', async () => {
    const project = changed(smallProject(newFolder()), 'pairs: {', 'pairs: { weights: subsets,')
    const { code, stderr } = await runHere(project.root, 'pairs', 'small', '--export', 'trl')
    expect(code).toBe(1)
    expect(stderr).toMatch(/found \d+ that it refuses:\n {2}line 1, responses:\S+: weight: expected 1/)
    expect((await runHere(project.root, 'pairs', 'small', '--export', 'trl', '--drop-weights')).code).toBe(0)
  })
})

describe('pairs made of judging prompts', () => {
  it('are built without a key as long as nothing is asked', async () => {
    const project = smallProject(newFolder())
    withPrompts(project)
    const judge = '  - { name: gpt, provider: openai, model: gpt-5.2 }\n'
    changed(project, '  - { name: random', `${judge}  - { name: random`)
    changed(project, 'pairs: {', 'pairs: { judge: gpt, rejected: first, strategy: [responses, verdicts],')
    vi.stubEnv('OPENAI_API_KEY', undefined)
    const { code, stdout } = await runHere(project.root, 'pairs', 'small', '--strategy', 'verdicts', '--json')
    expect(code).toBe(0)
    const { card, folder } = JSON.parse(stdout)
    expect(card.asked.strategy).toEqual(['verdicts'])
    const pairs = [...pairsIn(join(folder, 'train.jsonl')), ...pairsIn(join(folder, 'validation.jsonl'))]
    expect(pairs).toHaveLength(2 * card.summary.examples)
    expect(pairs[0]?.input.at(-1)?.content).toMatch(/What is \d+ \+ \d+\?/)
  })

  it('need a judge with a prompt, and for critiques one that writes reasons and a tuning that reads them', async () => {
    const project = smallProject(newFolder())
    changed(project, 'pairs: {', 'pairs: { strategy: verdicts, judge: random,')
    expect((await runHere(project.root, 'pairs', 'small')).stderr).toContain(
      'pairs.judge: expected a pairwise judge behind a service, that answers in words, or the local linear judge, found local random, pairwise',
    )
    const judged = smallProject(newFolder())
    withPrompts(judged)
    const judge = '  - { name: own, provider: openai-compatible, model: m, baseUrl: "http://localhost:9/v1" }\n'
    changed(judged, '  - { name: random', `${judge}  - { name: random`)
    changed(judged, 'pairs: {', 'pairs: { strategy: critiques, judge: own,')
    expect((await runHere(judged.root, 'run', 'small', '--no-report')).stderr).toContain(
      'pairs.strategy: expected strategy responses or verdicts for tuning "linear+dpo" of backend local',
    )
  })
})
