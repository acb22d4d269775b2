import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { htmlTable, renderReport } from '../../src/index.js'
import { executed, SAMPLE_TABLE, sampleReport } from '../support/sample-report.js'

const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** What a cell may show under our own classes without being what our own functions make. */
const STRANGE = [
  '<div class="jl-table-figure">no table</div>',
  '<div class="jl-table-figure"><table><tbody><tr><td>no head</td></tr></tbody></table></div>',
  '<div class="jl-table-figure"><table><thead></thead></table></div>',
  '<div class="jl-table-figure"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table></div>',
  '<div class="jl-filters"><span class="jl-example">no form</span></div>',
]

describe.skipIf(!existsSync(BROWSER))('the page in a browser', () => {
  let browser: Browser
  let folder: string
  let address: string

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--disable-gpu'] })
    folder = await mkdtemp(join(tmpdir(), 'page-'))
    const outputs = [...STRANGE, htmlTable(SAMPLE_TABLE)].map(
      (html) => ({ output_type: 'display_data', data: { 'text/html': html }, metadata: {} }) as const,
    )
    const cell = { cell_type: 'code', id: 'c', metadata: {}, source: '1', execution_count: 1, outputs } as const
    const sample = await sampleReport()
    const sections = [{ id: 'odd', title: 'Odd', notebook: executed([cell]) }, ...sample.sections]
    const file = join(folder, 'report.html')
    await writeFile(file, await renderReport({ ...sample, sections }))
    address = pathToFileURL(file).href
  })

  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  })

  it.each(['', '#%', '#%E0%A4%A', '#example-factuality-1'])('works throughout when opened at "%s"', async (hash) => {
    const page = await browser.newPage()
    const errors: string[] = []
    page.on('pageerror', ({ message }) => errors.push(message))
    await page.goto(address + hash)
    expect(errors).toEqual([])
    expect(await page.locator('form.jl-filters output').textContent()).toBe('24 of 24')
    expect(await page.locator('.jl-copy').count()).toBe(3) // the sample's two tables and one after the strange ones
    expect(await page.evaluate('document.activeElement.id')).toBe(hash.startsWith('#example') ? hash.slice(1) : 'top')
    await page.close()
  })
})
