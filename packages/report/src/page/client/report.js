/**
 * What the page does beside being read: theme, contents, sorting and copying of tables, folding, filtering and comparing
 * of examples. Everything is in the page without it. Each starter works on its own and leaves alone what it does not
 * find, or finds in another shape than the page makes it.
 */
;(() => {
  const root = document.documentElement
  root.classList.add('jl-script')
  startTheme()
  document.addEventListener('DOMContentLoaded', () => {
    for (const part of document.querySelectorAll('[data-script]')) part.hidden = false
    themeButton()
    contentsButton()
    followReader()
    for (const figure of document.querySelectorAll('.jl-table-figure')) enrichTable(figure)
    startExamples()
    markScrollable()
    addEventListener('resize', markScrollable)
  })

  function startTheme() {
    const chosen = remembered()
    if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen
  }

  function remembered() {
    try {
      return localStorage.getItem('judgelab-theme')
    } catch {
      return null
    }
  }

  function remember(theme) {
    try {
      localStorage.setItem('judgelab-theme', theme)
    } catch {
      // A page that may not store anything still changes its theme.
    }
  }

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  }

  function themeButton() {
    const button = document.getElementById('jl-theme-button')
    if (button === null) return
    const show = () => button.setAttribute('aria-pressed', String(isDark()))
    show()
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark'
      remember(root.dataset.theme)
      show()
    })
  }

  function contentsButton() {
    const button = document.getElementById('jl-contents-button')
    const nav = document.getElementById('contents')
    if (button === null || nav === null) return
    const open = (isOpen) => {
      nav.classList.toggle('jl-open', isOpen)
      button.setAttribute('aria-expanded', String(isOpen))
    }
    button.addEventListener('click', () => open(!nav.classList.contains('jl-open')))
    nav.addEventListener('click', (event) => event.target.closest('a') && open(false))
    document.addEventListener('keydown', (event) => event.key === 'Escape' && open(false))
    document.addEventListener('click', (event) => event.target.closest('.jl-side') || open(false))
  }

  /** Marks the last heading that has passed the top third of the window. */
  function followReader() {
    const links = [...document.querySelectorAll('#contents a')]
    const targets = links.map((link) => document.getElementById(link.getAttribute('href').slice(1)))
    let isWaiting = false
    const mark = () => {
      isWaiting = false
      const atEnd = innerHeight + scrollY >= root.scrollHeight - 4
      const passed = targets.filter((target) => target && target.getBoundingClientRect().top < innerHeight / 3)
      const current = atEnd && scrollY > 0 ? targets.length - 1 : Math.max(0, targets.indexOf(passed.at(-1)))
      for (const [i, link] of links.entries()) {
        if (i === current) link.setAttribute('aria-current', 'true')
        else link.removeAttribute('aria-current')
      }
      for (const item of document.querySelectorAll('#contents > ol > li'))
        item.classList.toggle('jl-here', item.contains(links[current]))
    }
    addEventListener(
      'scroll',
      () => {
        if (!isWaiting) requestAnimationFrame(mark)
        isWaiting = true
      },
      { passive: true },
    )
    mark()
  }

  /** What can be scrolled sideways can be reached by keyboard, and nothing else is a stop. */
  function markScrollable() {
    for (const box of document.querySelectorAll('.jl-table-scroll, .jl-scroll, .jl-output, pre')) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0
      else box.removeAttribute('tabindex')
    }
  }

  function enrichTable(figure) {
    const table = figure.querySelector('table')
    const heads = table?.tHead?.rows[0]?.cells
    if (heads === undefined || !isRectangle(table)) return
    for (const [column, head] of [...heads].entries()) sortable(table, head, column)
    const line = document.createElement('p')
    line.className = 'jl-copy'
    line.append('Copy as ')
    for (const [name, write] of [
      ['CSV', toCsv],
      ['Markdown', toMarkdown],
      ['LaTeX', toLatex],
    ]) {
      const button = textButton(name, '')
      button.addEventListener('click', () => copy(write(table), button))
      line.append(button, ' ')
    }
    figure.append(line)
  }

  /** One body whose rows all have a cell for each head. */
  function isRectangle(table) {
    const [body, another] = table.tBodies
    const width = table.tHead.rows[0].cells.length
    return another === undefined && body !== undefined && [...body.rows].every((row) => row.cells.length === width)
  }

  function sortable(table, head, column) {
    const button = document.createElement('button')
    button.type = 'button'
    button.append(...head.childNodes)
    head.append(button)
    button.addEventListener('click', () => {
      const isNumber = [...table.tBodies[0].rows].some((row) => row.cells[column].dataset.value !== undefined)
      const was = head.getAttribute('aria-sort')
      const order = was ? (was === 'ascending' ? 'descending' : 'ascending') : isNumber ? 'descending' : 'ascending'
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort')
      head.setAttribute('aria-sort', order)
      const sign = order === 'ascending' ? 1 : -1
      const rows = [...table.tBodies[0].rows].sort((a, b) => compareCells(a.cells[column], b.cells[column], sign))
      table.tBodies[0].append(...rows)
    })
  }

  /** Missing values come last, whichever way. */
  function compareCells(a, b, sign) {
    const [x, y] = [a, b].map((cell) => (cell.dataset.value === undefined ? undefined : Number(cell.dataset.value)))
    if (x !== undefined && y !== undefined) return sign * (x - y)
    if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1
    return sign * a.textContent.localeCompare(b.textContent, 'en', { numeric: true })
  }

  function cellTexts(table) {
    return [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.replaceAll('\u2007', ' ').trim()))
  }

  /** No cell begins like a formula: a spreadsheet would run it. */
  function toCsv(table) {
    const quote = (text) => {
      const isNumber = /^[-+]?[\d.,]+$/.test(text)
      const safe = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
      return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
    }
    const plain = (text) => text.replaceAll('−', '-')
    return cellTexts(table)
      .map((row) => row.map(plain).map(quote).join(','))
      .join('\n')
  }

  function toMarkdown(table) {
    const [head, ...rows] = cellTexts(table).map((row) => row.map((text) => text.replace(/[\\|`*_<>[\]]/g, '\\$&')))
    const rules = [...table.tHead.rows[0].cells].map((cell) => (cell.classList.contains('jl-left') ? ':--' : '--:'))
    return [head, rules, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
  }

  function toLatex(table) {
    const named = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}' }
    const escaped = (text) =>
      text
        .replace(/[\\~^]|[&%$#_{}]/g, (mark) => named[mark] ?? `\\${mark}`)
        .replace(/−/g, '$-$')
        .replace(/–/g, '--')
        .replace(/</g, '$<$')
        .replace(/>/g, '$>$')
    const [head, ...rows] = cellTexts(table).map((row) => `${row.map(escaped).join(' & ')} \\\\`)
    const columns = [...table.tHead.rows[0].cells].map((cell) => (cell.classList.contains('jl-left') ? 'l' : 'r'))
    return [
      `\\begin{tabular}{${columns.join('')}}`,
      '\\toprule',
      head,
      '\\midrule',
      ...rows,
      '\\bottomrule',
      '\\end{tabular}',
    ].join('\n')
  }

  async function copy(text, button) {
    const name = button.textContent
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      const area = document.createElement('textarea')
      area.value = text
      document.body.append(area)
      area.select()
      document.execCommand('copy')
      area.remove()
    }
    button.textContent = 'copied'
    setTimeout(() => {
      button.textContent = name
    }, 1200)
  }

  function textButton(text, className) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = className
    button.textContent = text
    return button
  }

  function startExamples() {
    const form = document.querySelector('form.jl-filters')
    if (form === null) return
    const examples = [...document.querySelectorAll('article.jl-example')]
    const { subset, flip, search, count } = form.elements
    const filter = () => {
      const words = search.value.trim().toLowerCase()
      let shown = 0
      for (const example of examples) {
        const isShown =
          (subset.value === '' || example.dataset.subset === subset.value) &&
          (flip.value === '' || example.dataset.flip === flip.value) &&
          (words === '' || example.textContent.toLowerCase().includes(words))
        example.hidden = !isShown
        shown += Number(isShown)
      }
      count.textContent = `${shown} of ${examples.length}`
    }
    form.addEventListener('submit', (event) => event.preventDefault())
    form.addEventListener('input', filter)
    filter()
    finishWhenSeen(examples)
    document.addEventListener('keydown', (event) => onKey(event, examples, search))
    // Both hashes as the browser writes them: one that somebody typed need not be possible to decode.
    const linked = location.hash && examples.find((example) => example.querySelector('h3 a')?.hash === location.hash)
    if (linked) linked.focus()
  }

  function onKey(event, examples, search) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return
    if (event.key === '/') {
      event.preventDefault()
      search.focus()
    }
    if (event.key !== 'j' && event.key !== 'k') return
    const shown = examples.filter((example) => !example.hidden)
    const at = shown.findIndex((example) => example.contains(document.activeElement))
    const next = shown[at < 0 ? 0 : at + (event.key === 'j' ? 1 : -1)]
    if (next === undefined) return
    next.focus({ preventScroll: true })
    next.scrollIntoView({ block: 'start' })
  }

  /** Long text is folded by its style. Whether it needs a button is measured when it is about to be seen, not all at once. */
  function finishWhenSeen(examples) {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue
          observer.unobserve(target)
          for (const text of target.querySelectorAll('.jl-text')) unfoldable(text)
          comparable(target)
        }
      },
      { rootMargin: '400px' },
    )
    for (const example of examples) observer.observe(example)
  }

  function unfoldable(text) {
    if (text.scrollHeight <= text.clientHeight + 4) return
    const button = textButton('Show all', 'jl-more')
    button.setAttribute('aria-expanded', 'false')
    button.addEventListener('click', () => {
      const isFolded = !text.classList.toggle('jl-unfolded')
      button.textContent = isFolded ? 'Show all' : 'Show less'
      button.setAttribute('aria-expanded', String(!isFolded))
    })
    text.after(button)
  }

  /** A button that marks the words which one of two responses has and the other has not. */
  function comparable(example) {
    const texts = [...example.querySelectorAll('.jl-response .jl-text')]
    if (texts.length !== 2) return
    const button = textButton('Mark differences', 'jl-more jl-compare')
    button.setAttribute('aria-pressed', 'false')
    const plain = texts.map((text) => text.textContent)
    button.addEventListener('click', () => {
      const isMarked = button.getAttribute('aria-pressed') === 'true'
      button.setAttribute('aria-pressed', String(!isMarked))
      button.textContent = isMarked ? 'Mark differences' : 'Hide differences'
      if (isMarked) for (const [i, text] of texts.entries()) text.textContent = plain[i]
      else markDifferences(texts, plain)
    })
    example.querySelector('.jl-responses').after(button)
  }

  function markDifferences(texts, plain) {
    const words = plain.map((text) => text.match(/\s+|[\p{L}\p{N}]+|./gsu) ?? [])
    const common = commonWords(words[0], words[1])
    for (const [i, text] of texts.entries()) {
      text.textContent = ''
      for (const [k, word] of words[i].entries()) {
        if (common[i].has(k) || word.trim() === '') text.append(word)
        else text.append(Object.assign(document.createElement('mark'), { textContent: word }))
      }
    }
  }

  /** The places of a longest common subsequence in both lists. Very long texts are compared as far as 2,000 words. */
  function commonWords(all, others) {
    const [a, b] = [all.slice(0, 2000), others.slice(0, 2000)]
    const width = b.length + 1
    const length = new Uint16Array((a.length + 1) * width)
    for (let i = a.length - 1; i >= 0; i -= 1)
      for (let j = b.length - 1; j >= 0; j -= 1)
        length[i * width + j] =
          a[i] === b[j]
            ? length[(i + 1) * width + j + 1] + 1
            : Math.max(length[(i + 1) * width + j], length[i * width + j + 1])
    const found = [new Set(), new Set()]
    for (let i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] === b[j]) {
        found[0].add(i++)
        found[1].add(j++)
      } else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) i += 1
      else j += 1
    }
    return found
  }
})()
