/**
 * Opens every page of a report in Chromium, as a reader would from disk, and checks what a reader would notice:
 * `node scripts/check-report.mjs reports/quickstart/index.html [--one-page] [--screenshots DIR]`.
 * `--one-page` is for a page that has no others, such as that of a claim.
 * CHROMIUM names the browser; Debian's is the default. Exits with 1 if a check failed.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'

const WIDTHS = [400, 1000, 1600]
const THEMES = ['light', 'dark']
const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { screenshots: { type: 'string' }, 'one-page': { type: 'boolean', default: false } },
})
const [file] = positionals
if (file === undefined) {
  console.error('usage: node scripts/check-report.mjs <index.html> [--one-page] [--screenshots DIR]')
  process.exit(2)
}
const { passed, failed } = await checkReport(resolve(file), values)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function checkReport(path, { screenshots, 'one-page': isOnePage }) {
  if (screenshots !== undefined) mkdirSync(screenshots, { recursive: true })
  const counts = { passed: 0, failed: 0 }
  const check = (name, problems) => {
    counts[problems.length === 0 ? 'passed' : 'failed'] += 1
    if (problems.length > 0) console.log(`FAILED ${name}`)
    for (const problem of problems.slice(0, 10)) console.log(`         ${problem}`)
  }
  const { CHROMIUM: executablePath = '/usr/bin/chromium' } = process.env
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS })
  try {
    const { pages, isSynthetic } = await pagesOf(browser, path)
    check(
      `the report has ${isOnePage ? 'one page' : 'more pages than one'}`,
      pages.length > 1 === isOnePage ? pages : [],
    )
    for (const page of pages) {
      const before = counts.passed
      for (const width of WIDTHS)
        for (const theme of THEMES) await checkView(browser, page, { width, theme, isSynthetic }, check, screenshots)
      console.log(`${counts.passed - before} checks passed on ${basename(page)}`)
    }
  } finally {
    await browser.close()
  }
  return counts
}

/** The first page and those that its contents name; and whether it says that its data are synthetic. */
async function pagesOf(browser, path) {
  const page = await browser.newPage()
  await page.goto(pathToFileURL(path).href)
  const names = await page.evaluate(() =>
    [...document.querySelectorAll('#contents a')].map((link) => link.getAttribute('href')),
  )
  const isSynthetic = /synthetic/i.test((await page.locator('.jl-notice').allTextContents()).join(' '))
  await page.close()
  const pages = [path, ...names.filter((name) => !name.startsWith('#')).map((name) => join(dirname(path), name))]
  return { pages, isSynthetic }
}

async function checkView(browser, path, { width, theme, isSynthetic }, check, screenshots) {
  const name = `${basename(path)}, ${width} px, ${theme}`
  const url = pathToFileURL(path).href
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: theme })
  const complaints = []
  const requests = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(url)
  await page.evaluate(() => document.fonts.ready)

  check(`${name}: charts are drawn`, await page.evaluate(undrawnCharts))
  check(`${name}: text in charts neither overlaps nor is cut`, await page.evaluate(crowdedTexts))
  check(`${name}: what is wider than its box says so and can be reached by keyboard`, await page.evaluate(silentWide))
  check(`${name}: no word of a table is broken between its letters`, await page.evaluate(brokenWords))
  check(`${name}: nothing wider than the window`, await page.evaluate(overflow))
  check(`${name}: links within the page lead somewhere`, await page.evaluate(deadLinks))
  if (isSynthetic) check(`${name}: every caption says synthetic`, await page.evaluate(uncalledSynthetic))
  check(`${name}: links to other files lead somewhere`, lostFiles(await page.evaluate(fileLinks)))
  if (screenshots !== undefined)
    await takeScreenshots(page, join(screenshots, `${basename(path, '.html')}-${width}-${theme}`))
  await page.evaluate(showAll)
  if (width !== 1000) check(`${name}: axe finds no violation`, await axeViolations(page))
  check(`${name}: no error in the console`, complaints)
  check(
    `${name}: nothing loaded but the file itself`,
    requests.filter((request) => request !== url && !request.startsWith('data:')),
  )
  await page.close()
}

/** The first screen, and the page as far as one picture reasonably goes. */
async function takeScreenshots(page, path) {
  await capture(page, { path: `${path}.png` })
  const { width, height } = await page.evaluate(() => ({
    width: innerWidth,
    height: document.documentElement.scrollHeight,
  }))
  const clip = { x: 0, y: 0, width, height: Math.min(height, 15_000) }
  await capture(page, { path: `${path}-full.png`, fullPage: true, clip })
}

/** On a crowded machine Chromium now and then cannot draw a picture at once. */
async function capture(page, options) {
  for (let left = 3; ; left--) {
    try {
      return await page.screenshot(options)
    } catch (error) {
      if (left === 0 || !String(error).includes('Unable to capture screenshot')) throw error
      await page.waitForTimeout(2000)
    }
  }
}

/** Code and folded text are part of the page: they are checked too. */
function showAll() {
  for (const details of document.querySelectorAll('details')) details.open = true
}

function undrawnCharts() {
  const figures = [...document.querySelectorAll('figure svg')]
  return figures.flatMap((svg) => {
    const name = svg.getAttribute('aria-label') ?? 'a chart'
    const box = svg.getBoundingClientRect()
    const marks = [...svg.querySelectorAll('path, rect, circle, line')].filter((mark) => {
      const { width, height } = mark.getBoundingClientRect()
      return width + height > 0
    })
    const problems = []
    if (box.width < 50 || box.height < 30) problems.push(`${name}: ${box.width} x ${box.height} px`)
    if (marks.length < 2) problems.push(`${name}: ${marks.length} marks`)
    if (svg.querySelector('text') === null) problems.push(`${name}: no text`)
    if (!svg.hasAttribute('aria-label')) problems.push(`${svg.outerHTML.slice(0, 80)}: no alt text`)
    return problems
  })
}

function crowdedTexts() {
  const slack = 1.5
  // The box of a turned text is larger than the text: such texts are apart when a line along one of their sides parts them.
  const corners = (text) => {
    const { x, y, width, height } = text.getBBox()
    const ends = [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ]
    return ends.map(([left, top]) => new DOMPoint(left, top).matrixTransform(text.getScreenCTM()))
  }
  const isApart = (one, other) =>
    [one, other].some((box) =>
      [box[1], box[3]].some((end) => {
        const along = (point) => (point.x - box[0].x) * (end.x - box[0].x) + (point.y - box[0].y) * (end.y - box[0].y)
        const [a, b] = [one.map(along), other.map(along)]
        return Math.max(...a) <= Math.min(...b) || Math.max(...b) <= Math.min(...a)
      }),
    )
  return [...document.querySelectorAll('figure svg')].flatMap((svg) => {
    const frame = svg.getBoundingClientRect()
    const texts = [...svg.querySelectorAll('text')].filter(
      (text) => text.textContent.trim() !== '' && text.getAttribute('opacity') !== '0',
    )
    const boxes = texts.map((text) => text.getBoundingClientRect())
    const cut = boxes.flatMap((box, i) =>
      box.left < frame.left - 1 ||
      box.right > frame.right + 1 ||
      box.top < frame.top - 1 ||
      box.bottom > frame.bottom + 1
        ? [`cut: "${texts[i].textContent}"`]
        : [],
    )
    const overlaps = boxes.flatMap((a, i) =>
      boxes.slice(i + 1).flatMap((b, k) => {
        const [one, other] = [texts[i], texts[i + 1 + k]]
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        // A line's box is taller than its letters: boxes of neighbouring lines may touch.
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        const isOver = wide > slack && high > 0.25 * Math.min(a.height, b.height)
        return isOver && !isApart(corners(one), corners(other))
          ? [`overlap: "${one.textContent}" and "${other.textContent}"`]
          : []
      }),
    )
    const shortened = texts
      .filter((text) => text.textContent.endsWith('…'))
      .map((text) => `shortened: "${text.textContent}"`)
    return [...cut, ...shortened, ...overlaps]
  })
}

/** Tables that go on beyond their boxes: a reader must see that they do, and be able to scroll them without a mouse. */
function silentWide() {
  return [...document.querySelectorAll('.jl-table-scroll, .jl-scroll')].flatMap((box) => {
    const name = (box.textContent ?? '').trim().slice(0, 40)
    const isWide = box.scrollWidth > box.clientWidth + 1
    const isSaid = box.nextElementSibling?.matches('.jl-wide') === true
    if (isWide !== isSaid)
      return [`${name}: ${isWide ? 'goes on and does not say so' : 'says that it goes on and does not'}`]
    return isWide && box.tabIndex !== 0 ? [`${name}: cannot be reached by keyboard`] : []
  })
}

/** Words of our own tables that run on in another line. A hyphen or slash may part one; and a text that is no word, a long one, may break. */
function brokenWords() {
  const longest = 20
  return [...document.querySelectorAll('.jl-table :is(th, td)')].flatMap((cell) => {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    const texts = []
    while (walker.nextNode()) texts.push(walker.currentNode)
    return texts.flatMap((text) =>
      [...text.data.matchAll(/[\p{L}\d]+/gu)].flatMap(({ 0: word, index }) => {
        const range = document.createRange()
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
        return lines.size > 1 && word.length <= longest
          ? [`"${word}" of "${cell.textContent.trim().slice(0, 60)}"`]
          : []
      }),
    )
  })
}

function overflow() {
  const page = document.documentElement
  if (page.scrollWidth <= page.clientWidth) return []
  const wide = [...document.querySelectorAll('main *')].filter(
    (part) => part.getBoundingClientRect().right > page.clientWidth + 1,
  )
  return [`${page.scrollWidth} px wide`, ...wide.slice(0, 3).map((part) => part.outerHTML.slice(0, 100))]
}

function deadLinks() {
  const isExample = (link) => document.getElementById('jl-browser') !== null && link.hash.startsWith('#example-')
  const links = [...document.querySelectorAll('a[href^="#"]')].filter((link) => !isExample(link))
  const contents = document.querySelectorAll('nav a').length === 0 ? ['there is no table of contents'] : []
  const ids = [...document.querySelectorAll('[id]')].map((part) => part.id)
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `two parts have the id "${id}"`)
  const dead = links.filter((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))) === null)
  return [...contents, ...twice, ...dead.map((link) => `no target for ${link.getAttribute('href')}`)]
}

/**
 * Where the report says that its data are synthetic, every caption does, as a figure may be shown without the page; or it
 * says that its figures are published ones, or come by calculation.
 */
function uncalledSynthetic() {
  const captions = [...document.querySelectorAll('figcaption, caption')].map((caption) => caption.textContent.trim())
  return captions
    .filter((caption) => !/synthetic|published figures|by calculation/i.test(caption))
    .map((caption) => caption.slice(0, 80))
}

function fileLinks() {
  return [...document.querySelectorAll('a[href]')].map((link) => link.href).filter((href) => href.startsWith('file:'))
}

function lostFiles(links) {
  const files = [...new Set(links.map((link) => link.replace(/#.*$/, '')))]
  return files.filter((file) => !existsSync(fileURLToPath(file))).map((file) => `no file ${file}`)
}

/** The page's policy forbids script tags; the browser's debugger may evaluate all the same. */
async function axeViolations(page) {
  const require = createRequire(new URL('../packages/report/package.json', import.meta.url))
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'))
  const { violations } = await page.evaluate(() => globalThis.axe.run(document))
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}): ${nodes[0].html.slice(0, 120)}`)
}
