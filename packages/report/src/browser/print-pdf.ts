import { pathToFileURL } from 'node:url'
import { escapeHtml } from '../format/escape.js'
import { launchChromium } from './launch-chromium.js'

/** A4 between the margins that print.css sets, in px. */
const PAGE_WIDTH_PX = 642

/**
 * Prints an HTML file of a report as PDF: A4, the title and page numbers at the foot, an outline from the headings. Tables
 * that are wider than the page are made smaller, as long as they can be read.
 *
 * @returns how many pages there are, and what is wider than they are all the same, by its first words
 * @throws {Error} that says how to get Chromium, where there is none
 */
export async function printPdf(
  htmlFile: string,
  pdfFile: string,
): Promise<{ readonly pages: number; readonly cut: readonly string[] }> {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport: { width: PAGE_WIDTH_PX, height: 1000 } })
    await page.goto(pathToFileURL(htmlFile).href)
    await page.emulateMedia({ media: 'print', colorScheme: 'light' })
    const cut = (await page.evaluate(FIT_TABLES)) as string[]
    const pdf = await page.pdf({
      path: pdfFile,
      preferCSSPageSize: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: footer(await page.title()),
      outline: true,
      tagged: true,
    })
    return { pages: pageCount(pdf), cut }
  } finally {
    await browser.close()
  }
}

/**
 * Prints SVG files as PDF of their own size, for LaTeX, which takes no SVG.
 *
 * @throws {Error} that says how to get Chromium, where there is none
 */
export async function printFigures(
  figures: readonly { readonly svgFile: string; readonly pdfFile: string }[],
): Promise<void> {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    for (const { svgFile, pdfFile } of figures) {
      await page.goto(pathToFileURL(svgFile).href)
      const [width, height] = (await page.evaluate(SIZE)) as [number, number]
      await page.pdf({
        path: pdfFile,
        width: `${width}px`,
        height: `${height}px`,
        printBackground: true,
        pageRanges: '1',
      })
    }
  } finally {
    await browser.close()
  }
}

const SIZE =
  '[document.documentElement.width.baseVal.value, document.documentElement.height.baseVal.value].map(Math.ceil)'

/** What a page's letters may shrink to, in percent of a table's own size: 5.5 pt. */
const SMALLEST_PERCENT = 65

/** What is wider than the page makes Chromium print all pages smaller. Runs in the page, as text: this package knows no DOM. */
const FIT_TABLES = `(() => {
  const roomOf = (part) => part.closest('section, main').getBoundingClientRect()
  for (const table of document.querySelectorAll('.jl-table-scroll > table, .jl-scroll > table, .jl-output > table')) {
    const room = roomOf(table).width
    for (let percent = 95; table.scrollWidth > room && percent >= ${SMALLEST_PERCENT}; percent -= 5) table.style.fontSize = percent / 100 * 8.5 + 'pt'
  }
  const isWide = (part) => part.getBoundingClientRect().left + Math.max(part.getBoundingClientRect().width, part.scrollWidth) > roomOf(part).right + 1
  const wide = [...document.querySelectorAll('table, svg, pre, img')].filter(isWide).map((part) => (part.textContent ?? part.tagName).trim().slice(0, 60))
  const isAllSeen = wide.length > 0 || document.documentElement.scrollWidth <= document.documentElement.clientWidth
  return isAllSeen ? wide : ['something that is no table, chart or listing']
})()`

function footer(title: string): string {
  const style = 'font:8px sans-serif;color:#444;width:100%;margin:0 20mm;display:flex;justify-content:space-between'
  return `<div style="${style}"><span>${escapeHtml(title)}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`
}

function pageCount(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0
}
