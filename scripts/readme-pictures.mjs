/**
 * Takes the pictures of the README from the quickstart report, as it stands in reports/: `node scripts/readme-pictures.mjs`.
 * Run `pnpm reproduce` before. CHROMIUM names the browser; Debian's is the default.
 */
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

/** The page of the report, the window, and what stands at its top. */
const PICTURES = [
  { name: 'quickstart-1600', page: 'index', width: 1600, height: 920, theme: 'light' },
  {
    name: 'quickstart-1000',
    page: 'where-tuning-helped-or-hurt',
    width: 1000,
    height: 760,
    theme: 'dark',
    at: '#figure-11',
  },
  { name: 'quickstart-400', page: 'baseline', width: 400, height: 760, theme: 'light', at: '#table-9' },
]

const { CHROMIUM: executablePath = '/usr/bin/chromium' } = process.env
const root = new URL('../', import.meta.url)
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  for (const { name, page: file, width, height, theme, at } of PICTURES) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme })
    await page.goto(new URL(`reports/quickstart/${file}.html`, root).href)
    if (at !== undefined) await page.locator(at).evaluate((part) => part.scrollIntoView())
    await page.screenshot({ path: fileURLToPath(new URL(`docs/images/${name}.png`, root)) })
    await page.close()
  }
} finally {
  await browser.close()
}
