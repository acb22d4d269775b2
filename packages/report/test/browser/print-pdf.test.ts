import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findChromium, printFigures, printPdf, renderReport, saveReport, tryFindChromium } from '../../src/index.js'
import { sampleReport } from '../support/sample-report.js'

const folder = mkdtempSync(join(tmpdir(), 'pdf-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('findChromium', () => {
  it('takes the one that CHROMIUM names', () =>
    expect(findChromium({ CHROMIUM: process.execPath })).toBe(process.execPath))

  it('says how to get one where there is none', () =>
    expect(() => findChromium({ CHROMIUM: '/nowhere/chromium' })).toThrow(
      /^a PDF needs Chromium: CHROMIUM=\/nowhere\/chromium is not there\. Get it with `apt-get install chromium`/,
    ))
})

describe.skipIf(tryFindChromium() === undefined)('printing', () => {
  it('makes one PDF of all pages, with numbers, and one of each figure', { timeout: 60_000 }, async () => {
    await saveReport(folder, await renderReport(await sampleReport()))
    const pdf = join(folder, 'report.pdf')
    const { pages, cut } = await printPdf(join(folder, 'print.html'), pdf)
    expect(pages).toBeGreaterThan(4)
    expect(cut).toEqual([])
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-')
    const figure = { svgFile: join(folder, 'figures', 'figure-1.svg'), pdfFile: join(folder, 'latex', 'figure-1.pdf') }
    await printFigures([figure])
    const text = readFileSync(figure.pdfFile).toString('latin1')
    expect(text.match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1)
  })
})
