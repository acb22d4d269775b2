import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderReport, saveReport, showHidden, tryFindChromium } from '../../src/index.js'
import { hostileReport } from '../support/hostile-report.js'
import { PAYLOADS } from '../support/payloads.js'

const BROWSER = tryFindChromium()
describe.skipIf(BROWSER === undefined)('hostile text in a browser', { timeout: 120_000 }, () => {
  let browser: Browser
  let folder: string
  let files: readonly string[]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hostile-'))
    files = await saveReport(folder, await renderReport(hostileReport(PAYLOADS)))
    browser = await chromium.launch({ executablePath: BROWSER as string, args: ['--no-sandbox', '--disable-gpu'] })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('runs nothing, loads nothing and stays within the window, on any page', async () => {
    const pages = files.map((file) => basename(file)).filter((file) => file.endsWith('.html'))
    expect(pages).toHaveLength(6)
    for (const name of pages) {
      const { page, happened } = await open(name, 400)
      await page.mouse.move(200, 300)
      for (const width of [400, 1000]) {
        await page.setViewportSize({ width, height: 900 })
        expect([name, width, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([name, width, width])
      }
      expect([name, happened]).toEqual([name, []])
      await page.close()
    }
  })

  it('shows every hostile example as text, and finds it', async () => {
    const { page, happened } = await open('examples.html', 1000)
    const shown = '#jl-browser article .jl-prompt .jl-text'
    const texts = await page.evaluate(`Array.from({ length: ${PAYLOADS.length} }, () => {
      const { textContent } = document.querySelector('${shown}')
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j' }))
      return textContent
    })`)
    expect(new Set(texts as string[])).toEqual(new Set(PAYLOADS.map(showHidden)))
    await page.keyboard.press('/')
    await page.keyboard.type('<svg onload=alert(1)>')
    expect(await page.locator(shown).textContent()).toBe('<svg onload=alert(1)>')
    await page.locator('select[name=subset]').selectOption('<svg onload=alert(1)>')
    expect(happened).toEqual([])
    await page.close()
  })

  /** Opens a page and notes whatever it does beside being shown. */
  async function open(name: string, width: number): Promise<{ page: Page; happened: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 } })
    const url = pathToFileURL(join(folder, name)).href
    const happened: string[] = []
    page.on('dialog', (dialog) => {
      happened.push(`dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      if (request.url() !== url && !request.url().startsWith('data:')) happened.push(`request ${request.url()}`)
    })
    // A number or a picture in the text itself that is none is said to be so, and does nothing else.
    const isHarmless = (text: string): boolean => /: Expected number|net::ERR_INVALID_URL/.test(text)
    page.on('console', (message) => {
      if (message.type() === 'error' && !isHarmless(message.text())) happened.push(message.text())
    })
    page.on('pageerror', ({ message }) => happened.push(message))
    page.on('framenavigated', (frame) => frame.url().replace(/#.*/, '') === url || happened.push(frame.url()))
    await page.goto(url)
    return { page, happened }
  }
})

type Page = Awaited<ReturnType<Browser['newPage']>>
