/**
 * The examples of a report in a real browser: from opening the page to the first example shown, and from a change of filter,
 * search or example to the next frame. Needs Chromium.
 *
 *   node bench/report/examples-browser.bench.mjs [examples]
 *
 * Asked for at 2,000 examples: less than 1 s. Also prints how long the whole folder takes to render.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launchChromium, renderReport } from '../../packages/report/dist/index.js'

const MOST_MS = 1000
const count = Number(process.argv[2] ?? 2000)
const folder = mkdtempSync(join(tmpdir(), 'judgelab-bench-'))
const browser = await launchChromium()
try {
  const started = performance.now()
  const files = await renderReport(inventedReport(count))
  const seconds = (performance.now() - started) / 1000
  const { content } = files.find(({ path }) => path === 'examples.html')
  const file = join(folder, 'examples.html')
  writeFileSync(file, content)
  console.log(
    `${count.toLocaleString('en')} examples: rendered in ${seconds.toFixed(1)} s, the page has ${(Buffer.byteLength(content) / 1e6).toFixed(1)} MB`,
  )
  const page = await browser.newPage()
  const opening = performance.now()
  await page.goto(pathToFileURL(file).href, { waitUntil: 'domcontentloaded' })
  await page.locator('#jl-browser article .jl-text').first().waitFor()
  tell('opened, the first example shown', performance.now() - opening)
  await measure(page, 'a subset chosen', () => choose('subset', 'Safety'))
  await measure(page, 'a kind of flip chosen', () => choose('flip', 'broken'))
  await measure(page, 'all shown again', () => {
    choose('subset', '')
    choose('flip', '')
  })
  await measure(page, 'a word searched for', () => choose('search', 'question 1234'))
  await measure(page, 'the next example', () => {
    choose('search', '')
    document.querySelector('#jl-browser .jl-list li:nth-child(5)').click()
  })
} finally {
  await browser.close()
  rmSync(folder, { recursive: true })
}

/** Runs in the page: sets a field of the filter as a reader does, and waits until the next frame is drawn. */
async function measure(page, what, act) {
  const ms = await page.evaluate(`(async () => {
    ${choose}
    const started = performance.now()
    ;(${act})()
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))
    return performance.now() - started
  })()`)
  tell(what, ms)
}

function choose(field, value) {
  const { elements } = document.querySelector('#jl-browser form')
  elements[field].value = value
  elements[field].dispatchEvent(new Event('input', { bubbles: true }))
}

function tell(what, ms) {
  const isQuick = ms < MOST_MS
  console.log(
    `${what.padEnd(32)} ${ms.toFixed(0).padStart(5)} ms${isQuick ? '' : `  MISSED: asked for less than ${MOST_MS} ms`}`,
  )
  if (!isQuick) process.exitCode = 1
}

/** Texts of a usual length: two responses of 150 words, two judges that write 60 words in each order. */
function inventedReport(size) {
  const judges = ['Base', 'Base + DPO']
  const words = (at, length) => Array.from({ length }, (_, i) => `word${(at * 31 + i * 17) % 997}`).join(' ')
  const flips = ['right both times', 'wrong both times', 'fixed', 'broken']
  const examples = Array.from({ length: size }, (_, at) => ({
    id: `example-${at}`,
    subset: ['Factuality', 'Math', 'Safety', 'Focus'][at % 4],
    prompt: `Question ${at}: ${words(at, 40)}?`,
    responses: [
      { text: words(at + 1, 150), role: 'chosen' },
      { text: words(at + 2, 150), role: 'rejected' },
    ],
    judgments: judges.map((_, judge) => ({
      verdict: (at + judge) % 3 === 0 ? 'rejected' : 'chosen',
      passes: ['chosen', 'chosen'],
      texts: [words(at + 3 + judge, 60), words(at + 5 + judge, 60)],
    })),
    flips: [flips[(at * 7) % 4]],
  }))
  return {
    title: 'Invented examples',
    question: 'How quick is the browser?',
    answer: 'See below.',
    facts: [],
    headline: { svg: '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>', caption: 'Nothing.' },
    sections: [],
    examples: { judges, contrasts: [{ label: 'Base + DPO against Base', before: 0, after: 1 }], examples },
    methods: {
      entries: [],
      judges: { columns: [{ key: 'label', label: 'Judge', kind: 'text' }], rows: [], caption: 'None.' },
      prompts: [],
    },
    provenance: [],
    files: [],
    reproduce: 'node bench/report/examples-browser.bench.mjs',
    citation: '',
  }
}
