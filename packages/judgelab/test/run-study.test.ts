import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from '@judgelab/analysis'
import { listRuns, loadJudgments, loadRunManifest, type Project, runFolder } from '@judgelab/core'
import { loadBenchmark, splitBenchmark } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { loadStudy, runStudy, type StudyOutcome } from '../src/index.js'
import { recordedProgress } from './recorded-progress.js'
import { smallProject, writeStudy } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

interface Ran {
  readonly lines: readonly string[]
  readonly advances: readonly string[]
  readonly outcome: StudyOutcome
}

async function runSmall(project: Project, signal = new AbortController().signal, mayLabour = true): Promise<Ran> {
  const { progress, lines, advances } = recordedProgress()
  const loaded = await loadStudy('small', project.root)
  return { outcome: await runStudy(loaded, { progress, signal, withReport: false, mayLabour }), lines, advances }
}

const STEPS = [
  'Benchmark',
  'Split',
  'Preference pairs',
  'Tuning linear+dpo',
  'Judging with linear',
  'Judging with longer',
  'Judging with random',
  'Judging with linear+dpo',
  'Results',
]
const all = (word: string): string[] => STEPS.map((step) => `${step}: ${word}`)
const ranOf = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => (line.endsWith(': ran') ? [line.slice(0, -': ran'.length)] : []))

const resultsText = (project: Project): string => readFileSync(join(project.reports, 'small', 'results.json'), 'utf8')

describe('a small study from beginning to end', () => {
  it('does every step, then none, and leaves its files as they are', async () => {
    const project = smallProject(newFolder())
    const first = await runSmall(project)
    expect(first.lines).toEqual(all('ran'))
    const before = snapshot(project)
    const second = await runSmall(project)
    expect(second.lines).toEqual(all('unchanged'))
    expect(second.advances).toEqual([])
    expect(second.outcome.results).toEqual(first.outcome.results)
    expect(snapshot(project)).toEqual(before)
  })

  it('comes to numbers that fit together', async () => {
    const project = smallProject(newFolder())
    const { results, runs } = (await runSmall(project)).outcome
    expect(results.judges.map(({ name, kind, comparisons }) => [name, kind, comparisons])).toEqual([
      ['linear', 'baseline', 12],
      ['linear+dpo', 'tuned', 12],
      ['longer', 'control', 12],
      ['random', 'control', 12],
    ])
    expect(results.split).toMatchObject({ train: 39, test: 12 })
    expect(results.pairs).toMatchObject({ total: 78, sharedPrompts: 0 })
    expect(results.tuning[0]?.steps).toHaveLength(2 * Math.ceil((results.pairs?.train ?? 0) / 8))
    for (const { run } of runs) {
      const manifest = await loadRunManifest(run.folder)
      expect(manifest).toMatchObject({
        study: 'small',
        split: { side: 'test', seed: 42 },
        presentations: { count: 24 },
      })
      expect(manifest.completedAt).not.toBeNull()
      expect(await loadJudgments(run.folder)).toHaveLength(24)
    }
    const tuned = runs.find(({ contender }) => contender.name === 'linear+dpo')
    expect(tuned?.contender.judge.spec.weights).toBe(results.tuning[0]?.weights)
  })

  it('gives the same results.json byte for byte in another folder with the same seeds', async () => {
    const [here, there] = [smallProject(newFolder()), smallProject(newFolder())]
    await Promise.all([runSmall(here), runSmall(there)])
    expect(resultsText(there)).toBe(resultsText(here))
  })

  it('gives other results with another seed of the split', async () => {
    const [here, there] = [smallProject(newFolder()), smallProject(newFolder(), { seed: 43 })]
    await Promise.all([runSmall(here), runSmall(there)])
    expect(resultsText(there)).not.toBe(resultsText(here))
  })
})

describe('a study whose file was changed', () => {
  it.each([
    ['what ties earn', { ties: 'half' }, ['Results']],
    ['the number of resamples', { resamples: 300 }, ['Results']],
    ['the tie margin', { tieMargin: 0.2 }, ['Judging with linear', 'Judging with linear+dpo', 'Results']],
    ['the learning rate', { learningRate: 2 }, ['Tuning linear+dpo', 'Judging with linear+dpo', 'Results']],
    [
      'the split of the pairs',
      { pairs: 'published' },
      ['Preference pairs', 'Tuning linear+dpo', 'Judging with linear+dpo', 'Results'],
    ],
    ['the seed of the split', { seed: 43 }, STEPS.slice(1)],
  ] as const)('runs again only what depends on %s', async (_, change, expected) => {
    const project = smallProject(newFolder())
    await runSmall(project)
    writeStudy(project, change)
    expect(ranOf((await runSmall(project)).lines)).toEqual(expected)
    expect(ranOf((await runSmall(project)).lines)).toEqual([])
  })

  it.each([
    [
      { orders: 'first' },
      /evaluation\.orders: expected both orders, since this benchmark lists the chosen response first/,
    ],
    [{ rule: 'first-order' }, /evaluation\.rule: expected a rule over both orders, .*; found "first-order"/],
  ] as const)('refuses %j, which would measure the slot', async (chosen, message) => {
    await expect(runSmall(smallProject(newFolder(), chosen))).rejects.toThrow(message)
  })

  it('refuses a second file of the same name, which would write over the first one’s artifacts', async () => {
    const project = smallProject(newFolder())
    await runSmall(project)
    const copy = join(project.studies, 'copy.yaml')
    writeFileSync(copy, readFileSync(join(project.studies, 'small.yaml')))
    const run = async (): Promise<unknown> =>
      runStudy(await loadStudy(copy), {
        progress: recordedProgress().progress,
        signal: new AbortController().signal,
        withReport: false,
      })
    await expect(run()).rejects.toThrow(/copy\.yaml: name: .*"small", which studies\/small\.yaml has too/)
    rmSync(join(project.studies, 'small.yaml'))
    await expect(run()).resolves.toBeDefined()
  })

  it('leaves its examples and verdicts for SQL', async () => {
    const project = smallProject(newFolder())
    const { results } = (await runSmall(project)).outcome
    const rows = await sql('select judge, avg(credit) as accuracy from verdicts group by all order by all', project)
    const expected = results.judges.map(({ name, accuracy }) => ({ judge: name, accuracy: accuracy.wrong.value }))
    expect(rows).toEqual(expected.sort((a, b) => (a.judge < b.judge ? -1 : 1)))
    expect(await sql('select count(*) as n from examples', project)).toEqual([{ n: 60 }])
  })

  it('finds the runs of an earlier setting again, without asking', async () => {
    const project = smallProject(newFolder())
    const first = await runSmall(project)
    writeStudy(project, { tieMargin: 0.2 })
    await runSmall(project)
    const runs = await listRuns(project.runs)
    const logs = runs.map((id) => readFileSync(runFolder(project.runs, id).log, 'utf8'))
    writeStudy(project)
    const third = await runSmall(project)
    expect(third.outcome.results).toEqual(first.outcome.results)
    expect(await listRuns(project.runs)).toEqual(runs)
    expect(runs.map((id) => readFileSync(runFolder(project.runs, id).log, 'utf8'))).toEqual(logs)
  })

  it('reruns everything when the data changed', async () => {
    const project = smallProject(newFolder())
    await runSmall(project)
    const row = { id: 'one-more', prompt: 'p', chosen: ['a'], rejected: ['b'], subset: 'Math' }
    appendFileSync(join(project.data, 'small.jsonl'), `${JSON.stringify(row)}\n`)
    expect((await runSmall(project)).lines).toEqual(all('ran'))
  })
})

describe('a study whose files were lost or tampered with', () => {
  it.each([
    ['weights', 'artifacts/small/tuning/linear+dpo/job/weights.json', ['Tuning linear+dpo']],
    ['examples', 'artifacts/small/examples.jsonl', ['Benchmark']],
    ['sides of the split', 'artifacts/small/split.json', ['Split']],
    ['pairs', 'artifacts/small/pairs/train.jsonl', ['Preference pairs']],
    ['words on pairs', 'artifacts/small/pairs/card.json', ['Preference pairs']],
    ['results', 'reports/small/results.json', ['Results']],
  ])('makes lost %s again, and only them', async (_, file, expected) => {
    const project = smallProject(newFolder())
    await runSmall(project)
    const before = readFileSync(join(project.root, file), 'utf8')
    rmSync(join(project.root, file))
    expect(ranOf((await runSmall(project)).lines)).toEqual(expected)
    expect(readFileSync(join(project.root, file), 'utf8')).toBe(before)
  })

  it.each([
    ['a split', 'split.json', /"Math-1"/, '"Math-2"', ['Split']],
    ['a pair', 'pairs/train.jsonl', /"nonPreferred":"/, '"nonPreferred":"x', ['Preference pairs']],
    ['a data card', 'pairs/card.json', /"found": \{/, '"found": { "more": 1,', ['Preference pairs']],
  ] as const)('does not work with %s that somebody edited, but makes it again', async (_, name, from, to, expected) => {
    const project = smallProject(newFolder())
    const { outcome } = await runSmall(project)
    const file = join(project.artifacts, 'small', name)
    const before = readFileSync(file, 'utf8')
    const edited = before.replace(from, to)
    expect(edited).not.toBe(before)
    writeFileSync(file, edited)
    const again = await runSmall(project)
    expect(ranOf(again.lines)).toEqual(expected)
    expect(readFileSync(file, 'utf8')).toBe(before)
    expect(again.outcome.results).toEqual(outcome.results)
  })

  it('makes results that somebody edited again', async () => {
    const project = smallProject(newFolder())
    await runSmall(project)
    const before = resultsText(project)
    writeFileSync(join(project.reports, 'small', 'results.json'), before.replace('"value": 0.', '"value": 0.9'))
    expect(ranOf((await runSmall(project)).lines)).toEqual(['Results'])
    expect(resultsText(project)).toBe(before)
  })

  it('asks again only for the judgments that a log lost, and comes to the same results', async () => {
    const project = smallProject(newFolder())
    const { outcome } = await runSmall(project)
    const { log } = outcome.runs[0]!.run.folder
    const lines = readFileSync(log, 'utf8').split('\n')
    writeFileSync(log, `${lines.slice(0, 10).join('\n')}\n${lines[10]?.slice(0, 20)}`)
    const again = await runSmall(project)
    expect(ranOf(again.lines)).toEqual(['Judging with linear', 'Results'])
    expect(readFileSync(log, 'utf8').split('\n').slice(0, 10)).toEqual(lines.slice(0, 10))
    expect(again.outcome.results).toEqual(outcome.results)
  })
})

describe('the progress of a study', () => {
  it('counts what is read, compared, drawn and written', async () => {
    const project = smallProject(newFolder())
    const { progress, advances } = recordedProgress()
    const loaded = await loadStudy('small', project.root)
    const examples = splitBenchmark(await loadBenchmark(loaded.study.benchmark, project), loaded.study.split).train
      .length
    await runStudy(loaded, { progress, signal: new AbortController().signal })
    const of = (title: string, unit: string): string[] =>
      advances.filter((line) => line.startsWith(`${title}: `) && line.endsWith(` ${unit}`))
    const pairsOf = (unit: string): string[] => of('Preference pairs', unit)
    expect(pairsOf('examples')).toEqual(
      Array.from({ length: examples }, (_, at) => `Preference pairs: ${at + 1}/${examples} examples`),
    )
    expect(pairsOf('prompts compared').at(-1)).toBe('Preference pairs: 39/39 prompts compared')
    expect(pairsOf('pairs written').at(-1)).toBe('Preference pairs: 78/78 pairs written')
    expect(of('Benchmark', 'examples written')).toEqual(['Benchmark: 60/60 examples written'])
    for (const unit of ['figures', 'files written']) {
      const last = of('Pages', unit).at(-1)
      expect(last).toMatch(new RegExp(`^Pages: (\\d+)/\\1 ${unit}$`))
    }
    const pages = of('Pages', 'pages')
    expect(pages).toEqual(pages.map((_, at) => `Pages: ${at + 1}/${pages.length} pages`))
    expect(pages.length).toBeGreaterThan(2)
  })
})

describe('a study that is stopped', () => {
  it('throws the signal’s reason, and goes on where it was', async () => {
    const project = smallProject(newFolder())
    const stop = new AbortController()
    const { progress, lines } = recordedProgress()
    const stopping = {
      ...progress,
      advance: (done: number, _total: number, unit: string) => {
        if (unit === 'judgments' && done === 5) stop.abort(new Error('enough'))
      },
    }
    const loaded = await loadStudy('small', project.root)
    const options = { progress: stopping, signal: stop.signal, withReport: false }
    await expect(runStudy(loaded, options)).rejects.toThrow('enough')
    expect(ranOf(lines)).toEqual(STEPS.slice(0, 4))
    const [runId] = await listRuns(project.runs)
    expect(await loadJudgments(runFolder(project.runs, runId as string))).toHaveLength(5)

    const again = await runSmall(project)
    expect(again.lines.slice(0, 4)).toEqual(all('unchanged').slice(0, 4))
    const uninterrupted = smallProject(newFolder())
    await runSmall(uninterrupted)
    expect(resultsText(project)).toBe(resultsText(uninterrupted))
  })

  it('is heard while the results are reckoned, and writes none', async () => {
    const project = smallProject(newFolder())
    const stop = new AbortController()
    const { progress } = recordedProgress()
    const stopping = {
      ...progress,
      advance: (done: number, total: number, unit: string) => {
        if (unit === 'judges' && done === total) setImmediate(() => stop.abort(new Error('enough')))
      },
    }
    const options = { progress: stopping, signal: stop.signal, withReport: false }
    await expect(runStudy(await loadStudy('small', project.root), options)).rejects.toThrow('enough')
    expect(existsSync(join(project.reports, 'small', 'results.json'))).toBe(false)
  })

  it('does nothing when it was stopped before it began', async () => {
    const project = smallProject(newFolder())
    await expect(runSmall(project, AbortSignal.abort(new Error('no')))).rejects.toThrow('no')
    expect(await listRuns(project.runs)).toEqual([])
  })
})

describe('a report', () => {
  it('never tunes nor asks a judge: it names the step that is missing', async () => {
    const project = smallProject(newFolder())
    await expect(runSmall(project, undefined, false)).rejects.toThrow(
      'studies/small.yaml: expected a finished study, found that "Tuning linear+dpo" is still to be done; use judgelab run first',
    )
    expect(await listRuns(project.runs)).toEqual([])
    await runSmall(project)
    expect((await runSmall(project, undefined, false)).lines).toEqual(all('unchanged'))
  })
})

/** Every file of the project below artifacts, runs and reports, with its bytes. */
function snapshot({ artifacts, runs, reports }: Project): Record<string, string> {
  const files = [artifacts, runs, reports].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
    ),
  )
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(file, 'utf8')]))
}
