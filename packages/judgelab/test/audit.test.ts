import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listRuns, loadRunManifest, type Project, projectAt, runFolder, toJsonl } from '@judgelab/core'
import { AUDIT_CASES, type AuditedCase, loadBenchmark, loadSplit, saveSplit, verifySplit } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { loadStudy, runStudy } from '../src/index.js'
import type { StudyAuditReport } from '../src/study/audit-step.js'
import { runHere } from './command.js'
import { recordedProgress } from './recorded-progress.js'
import { type SmallStudy, smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const newFolder = temporaryFolders()

/** The small project with `split: grouped`, so that nothing leaks, or as the article had it; with more lines in its study. */
function projectWith(options: { split: 'grouped' | 'published'; audit?: string }, chosen: SmallStudy = {}): Project {
  const project = smallProject(newFolder(), { ...chosen, pairs: options.split })
  const file = join(project.studies, 'small.yaml')
  if (options.split === 'grouped')
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/split: \{ method.*\}/, 'split: { method: grouped, testSize: 12 }'),
    )
  if (options.audit !== undefined) appendFileSync(file, `audit: ${options.audit}\n`)
  return project
}

function savedAudit(project: Project): StudyAuditReport {
  return JSON.parse(readFileSync(join(project.artifacts, 'small', 'audit.json'), 'utf8')) as StudyAuditReport
}

async function run(project: Project): Promise<string[]> {
  const { progress, lines } = recordedProgress()
  const signal = new AbortController().signal
  await runStudy(await loadStudy('small', project.root), { progress, signal, withReport: false })
  return lines
}

describe('judgelab audit', () => {
  it('ends with 1 on a leak, and names it in a table, with cases, and in audit.json', async () => {
    const project = projectWith({ split: 'published' })
    const { code, stdout, stderr } = await runHere(project.root, 'audit', 'small')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^✓ Leakage audit: leak: siblings-divided, pairs-shared-prompts/m)
    const report = savedAudit(project)
    const shared = report.findings.find(({ name }) => name === 'pairs-shared-prompts')!
    expect(shared.verdict).toBe('leak')
    expect(stdout).toMatch(
      new RegExp(`^pairs-shared-prompts +leak +${shared.counts.found} +${shared.counts.of} +validation pairs`, 'm'),
    )
    const [first] = shared.examples
    expect(stdout).toContain(`\n  as ${first!.id} with ${first!.of}`)
    const [subset, counts] = Object.entries(shared.bySubset)[0]!
    expect(stdout).toContain(`\n  by subset: ${subset} ${counts.found} of ${counts.of}`)
    expect(stdout).toContain('Verdict: leak: siblings-divided, pairs-shared-prompts')
    expect(Math.max(...report.findings.map(({ examples }) => examples.length))).toBe(AUDIT_CASES)
    expect(await listRuns(project.runs)).toEqual([])
  })

  it('writes every case, one a line, where the report and the terminal show ten and how many more there are', async () => {
    const project = projectWith({ split: 'published' })
    const { stdout } = await runHere(project.root, 'audit', 'small')
    const report = savedAudit(project)
    const lines = readFileSync(join(project.artifacts, 'small', 'audit-cases.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
    const cases = lines.map((line) => JSON.parse(line) as AuditedCase)
    expect(report.cases).toEqual({ file: 'audit-cases.jsonl', count: cases.length })
    expect(stdout).toContain(`\nAll ${cases.length} cases, one a line: artifacts/small/audit-cases.jsonl\n`)
    for (const { name, counts, bySubset, examples } of report.findings.filter((finding) => 'of' in finding.counts)) {
      const own = cases.filter(({ check }) => check === name)
      expect(own).toHaveLength(counts.found as number)
      expect(own.slice(0, AUDIT_CASES)).toMatchObject(examples)
      for (const [subset, { found }] of Object.entries(bySubset))
        expect(own.filter((held) => held.subset === subset)).toHaveLength(found as number)
    }
    const shared = report.findings.find(({ name }) => name === 'pairs-shared-prompts')!
    const left = (shared.counts.found as number) - AUDIT_CASES
    expect(left).toBeGreaterThan(0)
    const shown = shared.examples.map(({ id, of }) => `${id} with ${of}`).join('; ')
    expect(stdout).toContain(`\n  as ${shown} … and ${left} more\n`)
    rmSync(join(project.artifacts, 'small', 'audit-cases.jsonl'))
    expect((await runHere(project.root, 'audit', 'small')).stderr).toContain('✓ Leakage audit')
  })

  it('ends with 0 where there is none; with --json it prints the file and nothing else', async () => {
    const project = projectWith({ split: 'grouped' })
    const { code, stdout } = await runHere(project.root, 'audit', 'small', '--json')
    expect(code).toBe(0)
    const report = JSON.parse(stdout) as StudyAuditReport
    expect(report).toEqual(savedAudit(project))
    expect(report).toMatchObject({
      formatVersion: 1,
      study: 'small',
      side: 'test',
      split: { method: 'grouped', seed: 42 },
      sides: { train: 48, test: 12 },
      nearDuplicates: 0.6,
      notChecked: [],
    })
    expect(report.findings.filter(({ verdict }) => verdict === 'leak')).toEqual([])
    const again = await runHere(project.root, 'audit', 'small')
    expect(again.code).toBe(0)
    expect(again.stderr).toContain('= Leakage audit: unchanged')
    expect(again.stdout).toContain('Verdict: no leak')
  })

  it('audits again when the threshold or the data change', async () => {
    const project = projectWith({ split: 'grouped', audit: '{ nearDuplicates: 0.9 }' })
    await runHere(project.root, 'audit', 'small')
    expect(savedAudit(project).nearDuplicates).toBe(0.9)
    const study = join(project.studies, 'small.yaml')
    writeFileSync(study, readFileSync(study, 'utf8').replace('0.9', '0.5'))
    expect((await runHere(project.root, 'audit', 'small')).stderr).toContain('✓ Leakage audit')
    expect(savedAudit(project).nearDuplicates).toBe(0.5)
  })

  it('finds that the training side is what is judged', async () => {
    const project = projectWith({ split: 'grouped' })
    const study = join(project.studies, 'small.yaml')
    writeFileSync(study, readFileSync(study, 'utf8').replace('evaluation: {', 'evaluation: { side: train,'))
    const { code, stdout } = await runHere(project.root, 'audit', 'small', '--json')
    expect(code).toBe(1)
    const { findings, side } = JSON.parse(stdout) as StudyAuditReport
    expect(side).toBe('train')
    const leaks = findings.filter(({ verdict }) => verdict === 'leak').map(({ name }) => name)
    expect(leaks).toContain('prompts-exact')
    expect(leaks).toContain('pairs-on-test-side')
  })

  it('says what it cannot check without a split and pairs', async () => {
    const project = projectWith({ split: 'grouped' })
    const study = join(project.studies, 'small.yaml')
    const text = readFileSync(study, 'utf8')
      .replace(/split: \{ method.*\}/, 'split: { method: none }')
      .replace('evaluation: {', 'evaluation: { side: all,')
      .replace(/^pairs:.*\n/m, '')
      .replace(/^tuning:\n.*\n/m, '')
      .replace(/^contrasts:\n.*\n/m, '')
    writeFileSync(study, text)
    const { code, stdout } = await runHere(project.root, 'audit', 'small')
    expect(code).toBe(0)
    expect(stdout).toContain('not checked: prompts-exact, because there is no training side')
    expect(stdout).toContain('not checked: pairs-shared-prompts, because there are no preference pairs')
  })
})

describe('the audit as a gate', () => {
  it('stops the study on a leak before anything is tuned or judged, and says which', async () => {
    const project = projectWith({ split: 'published', audit: '{ gate: true }' })
    const message =
      /^the audit found 2 leaks, and studies\/small\.yaml asks to stop on one \(audit\.gate\):\n {2}siblings-divided: \d+ of 12 test examples .*, as (?:ref|tied):\d+ with (?:ref|tied):\d+\n {2}pairs-shared-prompts: /
    await expect(run(project)).rejects.toThrow(message)
    expect(await listRuns(project.runs)).toEqual([])
    expect(existsSync(join(project.artifacts, 'small', 'tuning'))).toBe(false)
    const { code, stderr } = await runHere(project.root, 'run', 'small', '--no-report')
    expect(code).toBe(1)
    expect(stderr).toContain('= Leakage audit: unchanged')
    expect(stderr).toContain('judgelab: the audit found 2 leaks')
  })

  it('lets a study without a leak through, with one more step', async () => {
    const lines = await run(projectWith({ split: 'grouped', audit: '{ gate: true }' }))
    expect(lines.slice(0, 5)).toEqual([
      'Benchmark: ran',
      'Split: ran',
      'Preference pairs: ran',
      'Leakage audit: ran',
      'Tuning linear+dpo: ran',
    ])
    expect(lines).toContain('Results: ran')
  })

  it('tells of a leak and goes on where it is no gate; is no step where the study does not ask', async () => {
    const audited = projectWith({ split: 'published', audit: '{}' })
    expect(await run(audited)).toContain('Leakage audit: ran')
    expect(savedAudit(audited).verdict).toBe('leak')
    const plain = projectWith({ split: 'published' })
    expect(await run(plain)).not.toContain('Leakage audit: ran')
    expect(existsSync(join(plain.artifacts, 'small', 'audit.json'))).toBe(false)
  })

  it('stops on a near duplicate at the threshold that the study names', async () => {
    const project = projectWith({ split: 'grouped', audit: '{ gate: true, nearDuplicates: 0.3 }' })
    writeFileSync(join(project.data, 'small.jsonl'), toJsonl(closePrompts()))
    await expect(run(project)).rejects.toThrow(/prompts-near: \d+ of 12 test examples ask nearly a prompt/)
    const study = join(project.studies, 'small.yaml')
    writeFileSync(study, readFileSync(study, 'utf8').replace('nearDuplicates: 0.3', 'nearDuplicates: 0.9'))
    expect(await run(project)).toContain('Results: ran')
  })
})

describe('a study with another split', () => {
  // A quarter of each subset's 20 is 5; siblings in Ties go by twos.
  it.each([
    ['grouped', '{ method: grouped, share: 0.25, seed: 3 }', 16],
    ['k-fold', '{ method: k-fold, folds: 4, fold: 2 }', 16],
    ['by-field', '{ method: by-field, field: subset, test: [Focus] }', 20],
  ])('%s: runs, and its split file verifies on another machine', async (method, split, size) => {
    const project = projectWith({ split: 'grouped' }, { seed: 1 })
    const file = join(project.studies, 'small.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/split: \{ method.*\}/, `split: ${split}`))
    await run(project)
    const saved = await loadSplit(join(project.artifacts, 'small', 'split.json'))
    expect(saved.method).toBe(method)
    expect(saved.test).toHaveLength(size)
    const { study } = await loadStudy('small', project.root)
    expect(verifySplit(saved, await loadBenchmark(study.benchmark, project))).toEqual([])
    const [runId] = await listRuns(project.runs)
    const manifest = await loadRunManifest(runFolder(project.runs, runId!))
    expect(manifest.split).toMatchObject({ method, side: 'test', seed: saved.seed })
  })
})

describe('judgelab verify-split', () => {
  it('says that the same split comes out, or ends with 1 and what differs', async () => {
    const project = projectWith({ split: 'published' })
    await runHere(project.root, 'audit', 'small')
    const file = join(project.artifacts, 'small', 'split.json')
    const same = await runHere(project.root, 'verify-split', file, 'small')
    expect(same.code).toBe(0)
    expect(same.stdout).toMatch(
      /^the same split comes out: together-2026, seed 42: \d+ training and \d+ test examples of the built-in synthetic benchmark$/m,
    )
    const { train, ...others } = await loadSplit(file)
    await saveSplit(file, { ...others, train: train.slice(1) })
    const other = await runHere(project.root, 'verify-split', file, 'small')
    expect(other.code).toBe(1)
    expect(other.stdout).toContain(
      `train: expected ${train.length} examples, found ${train.length - 1}; 1 (${train[0]}) missing`,
    )
    const told = await runHere(project.root, 'verify-split', file, 'small', '--json')
    expect(JSON.parse(told.stdout)).toMatchObject({ same: false, differences: [{ what: 'train' }] })
    writeFileSync(file, readFileSync(file, 'utf8').replace('"seed": 42', '"seed": 43'))
    const edited = await runHere(project.root, 'verify-split', file, 'small')
    expect([edited.code, edited.stderr]).toEqual([1, expect.stringContaining('the digest of the other fields')])
  })
})

describe('docs/splits-and-leakage.md', () => {
  const page = readFileSync(join(ROOT, 'docs/splits-and-leakage.md'), 'utf8')

  /** The built-in benchmark with its study, pairs as the study has them or as published. */
  async function auditQuickstart(pairs: 'grouped' | 'published'): Promise<string> {
    const project = projectAt(newFolder())
    mkdirSync(project.studies)
    mkdirSync(join(project.data, 'builtin'), { recursive: true })
    copyFileSync(join(ROOT, 'data/builtin/benchmark.jsonl'), join(project.data, 'builtin/benchmark.jsonl'))
    const study = readFileSync(join(ROOT, 'studies/quickstart.yaml'), 'utf8')
    const split = pairs === 'published' ? 'split: published\n  shuffles: 2' : 'split: grouped'
    writeFileSync(join(project.studies, 'quickstart.yaml'), study.replace(/split: grouped/, split))
    return (await runHere(project.root, 'audit', 'quickstart')).stdout
  }

  it('shows what the command prints', async () => {
    expect(page).toContain(`\`\`\`text\n${(await auditQuickstart('grouped')).trim()}\n\`\`\``)
  })

  it('shows the leak of the published pairs: 434 of 440 outside Ties', async () => {
    const printed = await auditQuickstart('published')
    const leak = printed.slice(printed.indexOf('leak: pairs-shared-prompts'), printed.indexOf('warning: subset-shares'))
    expect(page).toContain(`\`\`\`text\n${leak.trim()}\n\`\`\``)
    const counts = [...leak.matchAll(/(Factuality|Safety|Focus|Math|Precise IF) (\d+) of (\d+)/g)]
    expect(counts).toHaveLength(5)
    expect(counts.reduce((sum, match) => sum + Number(match[2]), 0)).toBe(434)
    expect(counts.reduce((sum, match) => sum + Number(match[3]), 0)).toBe(440)
  })
})

/** 60 examples whose prompts differ in one number among 41 words: similarity 16 / (16 + 5 + 5). */
function closePrompts(): object[] {
  const words = Array.from({ length: 20 }, (_, at) => `word${at}`).join(' ')
  return Array.from({ length: 60 }, (_, at) => ({
    id: `e${at}`,
    subset: 'Math',
    prompt: `${words} ${at} ${words}`,
    chosen: [`The answer is ${at}.`],
    rejected: [`The answer is ${at + 1}, I think.`],
  }))
}
