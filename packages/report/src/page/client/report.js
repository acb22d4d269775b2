/**
 * What a page does beside being read: theme, contents, sorting and copying of tables. Everything is in the page without it. Each starter works on its own and leaves alone what it does not
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
    for (const figure of document.querySelectorAll('.jl-table-figure')) sortableTable(figure)
    const texts = tableTexts()
    for (const tools of document.querySelectorAll('p.jl-tools')) copyButtons(tools, texts)
    markScrollable()
    addEventListener('resize', markScrollable)
    addEventListener('judgelab-shown', markScrollable)
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
    const show = () => {
      button.textContent = isDark() ? 'Light theme' : 'Dark theme'
    }
    show()
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show)
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

  /** Marks the last heading of the open page that has passed the top third of the window. */
  function followReader() {
    const links = [...document.querySelectorAll('#contents ol ol a')]
    const targets = links.map((link) => document.getElementById(link.getAttribute('href').slice(1)))
    if (links.length === 0) return
    let isWaiting = false
    const mark = () => {
      isWaiting = false
      const atEnd = innerHeight + scrollY >= root.scrollHeight - 4
      const passed = targets.filter((target) => target && target.getBoundingClientRect().top < innerHeight / 3)
      const current = atEnd && scrollY > 0 ? targets.length - 1 : targets.indexOf(passed.at(-1))
      for (const [i, link] of links.entries()) {
        if (i === current) link.setAttribute('aria-current', 'location')
        else link.removeAttribute('aria-current')
      }
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

  /** What can be scrolled sideways can be reached by keyboard, and nothing else is a stop; a table says that it goes on. */
  function markScrollable() {
    for (const box of document.querySelectorAll('.jl-table-scroll, .jl-scroll, .jl-output, pre')) {
      const isWide = box.scrollWidth > box.clientWidth + 1
      if (isWide) box.tabIndex = 0
      else box.removeAttribute('tabindex')
      if (box.matches('.jl-table-scroll, .jl-scroll')) sayWide(box, isWide)
    }
  }

  function sayWide(box, isWide) {
    const said = box.nextElementSibling?.matches('.jl-wide') ? box.nextElementSibling : undefined
    if (!isWide) said?.remove()
    if (!isWide || said !== undefined) return
    const line = document.createElement('p')
    line.className = 'jl-wide'
    line.textContent = 'More columns: scroll sideways →'
    box.after(line)
  }

  function sortableTable(figure) {
    const table = figure.querySelector('table')
    const heads = table?.tHead?.rows[0]?.cells
    if (heads === undefined || !isRectangle(table)) return
    for (const [column, head] of [...heads].entries()) sortable(table, head, column)
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

  /** The texts that the page carries for its tables, as its files have them. */
  function tableTexts() {
    const element = document.getElementById('jl-tables')
    return element === null ? {} : JSON.parse(element.textContent)
  }

  /** Buttons that copy what the links beside them download. */
  function copyButtons(tools, texts) {
    const table = tools.closest('.jl-table-figure')?.querySelector('table')
    const held = Object.hasOwn(texts, table?.id ?? '') ? texts[table.id] : undefined
    if (held === undefined) return
    const line = document.createElement('span')
    line.append('Copy')
    tools.append(line)
    for (const [name, text] of Object.entries(held)) {
      const button = document.createElement('button')
      button.type = 'button'
      button.textContent = name
      button.addEventListener('click', () => copy(text, button))
      line.append(' ', button)
    }
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
})()
