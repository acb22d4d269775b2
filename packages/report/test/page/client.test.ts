import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { htmlTable, renderReport, saveReport } from '../../src/index.js'
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

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--disable-gpu'] })
    folder = await mkdtemp(join(tmpdir(), 'page-'))
    const outputs = [...STRANGE, htmlTable(SAMPLE_TABLE)].map(
      (html) => ({ output_type: 'display_data', data: { 'text/html': html }, metadata: {} }) as const,
    )
    const cell = { cell_type: 'code', id: 'c', metadata: {}, source: '1', execution_count: 1, outputs } as const
    const sample = await sampleReport()
    const sections = [{ id: 'odd', title: 'Odd', notebook: executed([cell]) }, ...sample.sections]
    await saveReport(folder, await renderReport({ ...sample, sections }))
  }, 60_000)

  const open = async (path: string): Promise<{ page: Page; errors: string[] }> => {
    const page = await browser.newPage()
    const errors: string[] = []
    page.on('pageerror', ({ message }) => errors.push(message))
    await page.goto(pathToFileURL(join(folder, path)).href.replaceAll('%23', '#').replaceAll('%25', '%'))
    return { page, errors }
  }

  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  })

  it.each(['', '#%', '#%E0%A4%A'])('works throughout when opened at "%s"', async (hash) => {
    const { page, errors } = await open(`odd.html${hash}`)
    expect(errors).toEqual([])
    // Of the tables of this page, one is ours.
    expect(await page.locator('p.jl-tools button').allTextContents()).toEqual(['CSV', 'LaTeX', 'Markdown'])
    await page.close()
  })

  it('sorts a table by any column, missing values last', async () => {
    const { page } = await open('odd.html')
    const column = (): Promise<string[]> => page.locator('#table-1 tbody tr td:nth-child(7)').allTextContents()
    await page.locator('#table-1 thead th:nth-child(7) button').click()
    const down = await column()
    await page.locator('#table-1 thead th:nth-child(7) button').click()
    const up = await column()
    expect(down.at(-1)).toBe('–')
    expect(up).toEqual([...down.slice(0, -1).toReversed(), '–'])
    await page.close()
  })

  it('shows, filters and finds examples by keyboard, and has an address for each', async () => {
    const { page, errors } = await open('examples.html#example-math-2')
    const shown = (): Promise<string | null> => page.locator('#jl-browser article h2 a').textContent()
    expect(await shown()).toBe('math:2')
    expect(await page.locator('form output').textContent()).toBe('24 of 24')
    await page.keyboard.press('j')
    expect(await shown()).toBe('math:3')
    expect(page.url()).toMatch(/#example-math-3$/)
    await page.keyboard.press('k')
    await page.keyboard.press('k')
    expect(await shown()).toBe('math:1')
    await page.keyboard.press('/')
    await page.keyboard.type('harbour of arlem')
    expect(await page.locator('form output').textContent()).toBe('6 of 24')
    await page.locator('select[name=subset]').selectOption('Safety')
    expect(await page.locator('form output').textContent()).toBe('1 of 24')
    expect(await shown()).toBe('safety:2')
    expect(errors).toEqual([])
    await page.close()
  })

  it('says that a table goes on where it does, and nowhere else', async () => {
    const { page } = await open('odd.html')
    const said = (): Promise<string[]> => page.locator('.jl-table-scroll + .jl-wide').allTextContents()
    const isStop = (): Promise<boolean> =>
      page.locator('.jl-table-scroll').evaluate((box) => box.getAttribute('tabindex') === '0')
    await page.setViewportSize({ width: 1600, height: 800 })
    await expect.poll(said).toEqual([])
    expect(await isStop()).toBe(false)
    await page.setViewportSize({ width: 400, height: 800 })
    await expect.poll(said).toEqual(['More columns: scroll sideways →'])
    expect(await isStop()).toBe(true)
    await page.close()
  })

  it('lets no text pass beside or behind the buttons that stay in sight', async () => {
    const { page } = await open('odd.html')
    for (const width of [400, 1000]) {
      await page.setViewportSize({ width, height: 600 })
      await page.evaluate('scrollTo(0, 300)')
      const strangers = await page.evaluate(`(() => {
        const { top, bottom } = document.querySelector('.jl-buttons button:not([hidden])').getBoundingClientRect()
        return [top, bottom].flatMap((y) =>
          Array.from({ length: innerWidth - 2 }, (_, x) => document.elementFromPoint(x + 1, y))
            .filter((part) => part.closest('.jl-side') === null)
            .map((part) => part.outerHTML.slice(0, 60)),
        )
      })()`)
      expect([width, strangers]).toEqual([width, []])
      const bar = await page.evaluate("getComputedStyle(document.querySelector('.jl-side')).backgroundColor")
      expect(bar).toMatch(/^rgb\(/)
      await page.evaluate("location.hash = ''; location.hash = 'table-1'")
      const { y } = (await page.locator('#table-1').boundingBox())!
      const below = await page.locator('.jl-side').evaluate((side) => side.getBoundingClientRect().bottom)
      expect(y).toBeGreaterThanOrEqual(below)
    }
    await page.close()
  })

  it('names the theme that the button would bring', async () => {
    const { page } = await open('odd.html')
    const button = page.locator('#jl-theme-button')
    expect(await button.textContent()).toBe('Dark theme')
    await button.click()
    expect(await button.textContent()).toBe('Light theme')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.close()
  })

  it('marks what two responses do not share, and shows what the judges said', async () => {
    const { page } = await open('examples.html#example-math-2')
    await page.getByRole('button', { name: 'Mark differences' }).click()
    expect(await page.locator('#jl-browser mark').allTextContents()).toEqual([
      ...['1412', 'third', '1421', ',', 'quite', 'late', 'fourth'],
    ])
    const rows = await page.locator('#jl-browser .jl-judgments tbody tr').allTextContents()
    expect(rows).toEqual(['lineartiechosenrejected', 'linear + DPOchosenchosenchosen'])
    expect(await page.locator('#jl-browser details').count()).toBe(2)
    await page.close()
  })
})
