/**
 * Looks at a report's PDF as far as that can be measured: `node scripts/check-pdf.mjs reports/quickstart/report.pdf`.
 *
 * Every page carries its number and theirs, every table and figure of print.html stands in it, nothing made all pages
 * smaller, no word reaches into the margin or lies on the foot, no letter is too small to be read, and few pages end
 * half-way. Needs `pdftotext` (Debian:
 * poppler-utils). Exits with 1 if a check failed.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const MM = 72 / 25.4
/** What print.css leaves at the sides and below, in points. */
const MARGIN = { side: 20 * MM, foot: 20 * MM }
/** Half-empty: a page, the last one aside, whose text ends above this share of its height. */
const HALF = 0.55
/** No more than this share of the pages may be half-empty. */
const MOST_HALF_EMPTY = 0.15
/** The least height of the title's letters in points: they are set at 1.7 times 10.5 points. */
const TITLE = 19
/** The height of the box of the smallest letters that can be read on paper, in points: those of the intervals in figures. */
const SMALLEST = 4.5

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error('usage: node scripts/check-pdf.mjs <report.pdf>')
  process.exit(2)
}
const pages = wordsByPage(file)
const problems = [
  ...unnumbered(pages),
  ...missing(pages, readFileSync(join(dirname(file), 'print.html'), 'utf8')),
  ...shrunk(pages),
  ...cut(pages),
  ...tiny(pages),
  ...halfEmpty(pages),
]
for (const problem of problems) console.log(`FAILED ${problem}`)
console.log(`${file}: ${pages.length} pages, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1

/** Every word with its box, in points from the top left of its page. */
function wordsByPage(pdf) {
  const text = execFileSync('pdftotext', ['-bbox', pdf, '-'], { encoding: 'utf8', maxBuffer: 1e9 })
  return [...text.matchAll(/<page width="([\d.]+)" height="([\d.]+)">(.*?)<\/page>/gs)].map(
    ([, width, height, held]) => ({
      width: Number(width),
      height: Number(height),
      words: [...held.matchAll(/<word xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">([^<]*)</g)].map(
        ([, left, top, right, bottom, word]) => ({
          ...{ left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) },
          word,
        }),
      ),
    }),
  )
}

/** The words of the foot are those below the text. */
function isFoot({ top }, { height }) {
  return top > height - MARGIN.foot
}

function unnumbered(all) {
  return all.flatMap((page, at) => {
    const foot = page.words.filter((word) => isFoot(word, page)).map(({ word }) => word)
    const expected = `${at + 1} / ${all.length}`
    return foot.join(' ').endsWith(expected)
      ? []
      : [`page ${at + 1}: the foot says "${foot.join(' ')}", not "${expected}"`]
  })
}

function missing(all, html) {
  const text = all
    .flatMap(({ words }) => words.map(({ word }) => word))
    .join(' ')
    .replaceAll('\u00a0', ' ')
  const expected = [...html.matchAll(/<span class="jl-number">((?:Table|Figure)\s\d+\.)<\/span>/g)].map(([, label]) =>
    label.replace(/\s/, ' '),
  )
  if (expected.length === 0) return ['print.html holds no table and no figure']
  return expected.filter((label) => !text.includes(label)).map((label) => `${label} is not in the PDF`)
}

/** Chromium prints all pages smaller where anything is wider than one: the title then is not as high as print.css makes it. */
function shrunk([first]) {
  const highest = Math.max(0, ...first.words.map(({ top, bottom }) => bottom - top))
  return highest > TITLE
    ? []
    : [`the title is ${highest.toFixed(1)} points high: something is wider than a page, and all was made smaller`]
}

function cut(all) {
  return all.flatMap((page, at) =>
    page.words
      .filter(
        ({ left, right, bottom }) =>
          left < MARGIN.side - 2 || right > page.width - MARGIN.side + 2 || bottom > page.height,
      )
      .map(({ word }) => `page ${at + 1}: "${word}" is outside the text's edges`),
  )
}

function tiny(all) {
  return all.flatMap((page, at) => {
    const small = page.words.filter(({ top, bottom, word }) => word.length > 1 && bottom - top < SMALLEST)
    return small.length === 0
      ? []
      : [`page ${at + 1}: ${small.length} words such as "${small[0].word}" are too small to be read`]
  })
}

function halfEmpty(all) {
  const ends = all
    .slice(0, -1)
    .map(
      (page) =>
        Math.max(0, ...page.words.filter((word) => !isFoot(word, page)).map(({ bottom }) => bottom)) / page.height,
    )
  const short = ends.flatMap((end, at) => (end < HALF ? [at + 1] : []))
  return short.length <= MOST_HALF_EMPTY * all.length
    ? []
    : [`${short.length} of ${all.length} pages end half-way: ${short.join(', ')}`]
}
