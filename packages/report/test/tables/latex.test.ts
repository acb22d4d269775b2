import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { renderReport, saveReport } from '../../src/index.js'
import { hostileReport } from '../support/hostile-report.js'
import { PAYLOADS } from '../support/payloads.js'
import { sampleReport } from '../support/sample-report.js'

const HAS_LATEX = spawnSync('pdflatex', ['--version']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'latex-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!HAS_LATEX)('report/latex', { timeout: 120_000 }, () => {
  it.each([
    ['of a report, with nothing wider than its line', sampleReport, /Missing character|Overfull/],
    ['of a report whose every text is hostile', async () => hostileReport(PAYLOADS), /Missing character/],
  ])('compiles as it stands: %s', async (_, reportOf, complaints) => {
    await saveReport(folder, await renderReport(await reportOf()))
    const options = { cwd: join(folder, 'latex'), encoding: 'utf8' } as const
    const said = execFileSync('pdflatex', ['-halt-on-error', '-interaction=nonstopmode', 'report.tex'], options)
    expect(said.replace(/\n/g, '')).toMatch(/Output written on report\.pdf \(\d+ pages?/)
    expect(said).not.toMatch(complaints)
  })
})
