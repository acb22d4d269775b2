import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { claimOfPublished, loadPublishedExperiment } from '@judgelab/analysis'
import { parseClaim, projectAt } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { type Ended, runHere } from './command.js'
import { temporaryFolders } from './temporary-folder.js'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const newFolder = temporaryFolders()
const claim = (...argv: readonly string[]): Promise<Ended> => runHere(ROOT, 'claim', ...argv)

describe('judgelab claim', () => {
  it('says in the terminal what three numbers allow', async () => {
    const { code, stdout } = await claim('--a', '186', '--b', '183', '--n', '297', '--label-a', 'Tuned')
    expect(code).toBe(0)
    expect(stdout).toContain('Tuned against B on 297 comparisons')
    expect(stdout).toMatch(/Tuned +B +\+1\.0 \[−8\.9, \+10\.9\] +3 to 225 +0\.25 +0\.89 +under none/)
    expect(stdout).toContain('No pairing makes Tuned against B significant')
  })

  it('prints the same as JSON, and nothing else', async () => {
    const { stdout } = await claim('--a', '62.63%', '--b', '61.62%', '--n', '297', '--json')
    const result = JSON.parse(stdout) as { contrasts: { p: { min: number; max: number } }[]; n: number }
    expect(result.n).toBe(297)
    expect(result.contrasts[0]?.p.min).toBeCloseTo(0.25, 9)
  })

  it('narrows the range by subsets, and adds up n from them', async () => {
    const { stdout } = await claim('--subset', 'Math=25,22,29', 'Focus=14,9,79', '--json')
    const { n, contrasts } = JSON.parse(stdout) as { n: number; contrasts: { strata: number; subsets: object[] }[] }
    expect([n, contrasts[0]?.strata, contrasts[0]?.subsets.length]).toEqual([108, 2, 2])
  })

  it('ends with 1 for a percentage that cannot be', async () => {
    const { code, stdout } = await claim('--a', '88.3%', '--b', '90', '--n', '102')
    expect(code).toBe(1)
    expect(stdout).toContain('A: 88.3 % of 102 is impossible: 90 is 88.2 %, 91 is 89.2 %.')
  })

  it('writes a page that says the same and how to make it again', async () => {
    const folder = newFolder()
    const page = join(folder, 'claim.html')
    const argv = ['--a', '30', '--b', '9', '--n', '40', '--label-a', '<b>A</b>', '--report', page]
    expect((await claim(...argv)).code).toBe(0)
    const html = readFileSync(page, 'utf8')
    expect(html).toContain('&lt;b&gt;A&lt;/b&gt; against B holds under every pairing')
    expect(html).not.toContain('<b>A</b>')
    expect(html).toContain('judgelab claim --a 30 --b 9 --n 40 --label-a &#39;&lt;b&gt;A&lt;/b&gt;&#39;')
    expect(html).not.toContain('<details')
  })
})

describe('wrong usage of judgelab claim ends with 2', () => {
  it.each([
    [[], '--n: expected a claim file, or --a, --b and --n, found no number of comparisons'],
    [['--a', '3', '--n', '9'], '--b: expected a count or a percentage as printed, as 186 or 62.63%, found nothing'],
    [
      ['--a', '0.62', '--b', '3', '--n', '9'],
      '--a: expected a count or a percentage as printed, as 186 or 62.63%, found "0.62"',
    ],
    [['--a', '30', '--b', '3', '--n', '9'], '--a: expected at most n, 9, found 30'],
    [['--a', '130%', '--b', '3', '--n', '9'], '--a: expected at most 100 %, found 130%'],
    [['--a', '3', '--b', '3', '--n', '0'], '--n: expected a whole number from 1 up, found "0"'],
    [['--a', '3', '--b', '3', '--n', '9', '--level', '95'], '--level: expected a number between 0 and 1, found "95"'],
    [
      ['--subset', 'Math 3 4 5'],
      '--subset: expected a name with both figures and the size, as Math=25,22,29, found "Math 3 4 5"',
    ],
    [['--a', '9', '--b', '9', '--n', '10', '--subset', 'x=1,1,2'], 'expected sizes that add up to n, 10, found 2'],
    [['none.yaml'], 'none.yaml: expected a claim file, found no readable file'],
    [['none.yaml', '--n', '3'], '--n: expected a claim file or the figures themselves, found both'],
  ])('%j', async (argv, message) => {
    const { code, stdout, stderr } = await claim(...argv)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  it('names file, line and column of what is wrong in a claim file', async () => {
    const file = join(newFolder(), 'c.yaml')
    writeFileSync(file, 'version: 1\ntitle: t\nn: 9\njudges: [{ name: a, corect: 3 }, { name: b, correct: 4 }]\n')
    const { code, stderr } = await claim(file)
    expect(code).toBe(2)
    expect(stderr).toContain('c.yaml:4:21: judges.0.corect: unknown field "corect" (did you mean "correct"?)')
  })
})

describe('the claim files of data/published', () => {
  const published = (name: string): string => join(ROOT, 'data/published', name)

  it('repeat the published experiment', async () => {
    const experiment = await loadPublishedExperiment('together-2026-02', projectAt(ROOT))
    const written = parseClaim(readFileSync(published('together-2026-02.claim.yaml'), 'utf8'), 'c')
    const { judges, n, subsets } = claimOfPublished(experiment, { title: 't', contrasts: [] })
    expect([written.n, written.subsets]).toEqual([n, subsets])
    for (const judge of judges) {
      const found = written.judges.find(({ name }) => name === judge.name)
      expect({ ...found, correct: judge.correct }).toEqual(judge)
      const percent = experiment.results.find((held) => held.judge === judge.name)?.accuracyPercent.toFixed(2)
      expect(found?.correct).toBe(`${percent} %`)
    }
  })
})

/** Fenced blocks of the page that show a command with (parts of) its output; a line of … stands for what is left out. */
describe('docs/reading-claims.md', () => {
  const page = readFileSync(join(ROOT, 'docs/reading-claims.md'), 'utf8')
  const blocks = [...page.matchAll(/^```text\n\$ judgelab claim (.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    argv: (match[1] as string).match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [],
    lines: (match[2] as string).split('\n').filter((line) => line !== '' && line !== '…'),
  }))

  it('shows commands', () => {
    expect(blocks.length).toBeGreaterThan(4)
    for (const { argv } of blocks) if (argv[0]?.endsWith('.yaml')) expect(existsSync(join(ROOT, argv[0]))).toBe(true)
  })

  it.each(blocks)('shows what the command prints: $argv', async ({ argv, lines }) => {
    const { stdout } = await claim(...argv)
    let from = 0
    for (const line of lines) {
      const at = stdout.indexOf(line, from)
      expect(at, `not printed, or not after the line before it: ${line}`).toBeGreaterThanOrEqual(0)
      from = at + line.length
    }
  })
})
