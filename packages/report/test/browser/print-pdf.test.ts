import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
  it('says what is wider than a page: tables that cannot be made small enough, and anything else', {
    timeout: 60_000,
  }, async () => {
    const print = async (html: string): Promise<readonly string[]> => {
      const file = join(folder, 'wide.html')
      writeFileSync(file, `<style>table { white-space: nowrap }</style><main>${html}</main>`)
      return (await printPdf(file, join(folder, 'wide.pdf'))).cut
    }
    const table = (letters: number): string =>
      `<div class="jl-table-scroll"><table style="font-size: 8.5pt"><tr><td>${'m'.repeat(letters)}</td></tr></table></div>`
    expect(await print(table(60) + table(90))).toEqual([])
    expect(await print(table(60) + table(400))).toEqual(['m'.repeat(60)])
    expect(await print(`<pre>${'x'.repeat(400)}</pre>`)).toEqual(['x'.repeat(60)])
    expect(await print('<p style="width: 3000px">wide</p>')).toEqual(['something that is no table, chart or listing'])
  })

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
