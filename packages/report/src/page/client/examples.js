/**
 * The examples: a list that holds only the rows in sight, filters over it, and the one example that is shown. The data
 * stand in the page as JSON; texts go into the page as text and never as markup.
 */
;(() => {
  const ROW_PX = 56
  const SPARE_ROWS = 6
  const FOLDED_LINES = 12

  document.addEventListener('DOMContentLoaded', () => {
    const data = document.getElementById('jl-examples')
    const browser = document.getElementById('jl-browser')
    if (data === null || browser === null) return
    start(browser, JSON.parse(data.textContent))
  })

  function start(browser, { examples, judges, contrasts }) {
    const form = browser.querySelector('form')
    const list = browser.querySelector('.jl-list')
    const rows = list.querySelector('ol')
    const article = browser.querySelector('article')
    const { subset, contrast, flip, search, count } = form.elements
    const state = { shown: examples, current: undefined, contrast: 0 }

    contrast.replaceChildren(...contrasts.map(({ label }, i) => option(String(i), label)))
    contrast.closest('label').hidden = contrasts.length < 2
    flip.closest('label').hidden = contrasts.length === 0
    fillSelect(
      subset,
      examples.map((example) => example.subset),
    )
    fillFlips()

    form.addEventListener('submit', (event) => event.preventDefault())
    form.addEventListener('input', (event) => {
      if (event.target === contrast) {
        state.contrast = Number(contrast.value)
        fillFlips()
      }
      filter()
    })
    list.addEventListener('scroll', () => requestAnimationFrame(drawRows), { passive: true })
    addEventListener('resize', () => requestAnimationFrame(drawRows))
    addEventListener('hashchange', () => showLinked({ takesFocus: true }))
    document.addEventListener('keydown', onKey)
    filter()
    if (!showLinked({ takesFocus: true })) show(state.shown[0], { keepsHash: true })

    function fillFlips() {
      fillSelect(
        flip,
        examples.map((example) => example.flips[state.contrast] ?? ''),
      )
    }

    function filter() {
      const words = search.value.trim().toLowerCase()
      state.shown = examples.filter(
        (example) =>
          (subset.value === '' || example.subset === subset.value) &&
          (flip.value === '' || example.flips[state.contrast] === flip.value) &&
          (words === '' || textsOf(example).includes(words)),
      )
      count.textContent = `${state.shown.length} of ${examples.length}`
      list.scrollTop = 0
      rows.style.height = `${state.shown.length * ROW_PX}px`
      drawRows()
      if (!state.shown.includes(state.current)) show(state.shown[0], { keepsHash: true })
      else show(state.current, { keepsHash: true })
    }

    /** Draws the rows in sight and a few on both sides. */
    function drawRows() {
      const first = Math.max(0, Math.floor(list.scrollTop / ROW_PX) - SPARE_ROWS)
      const last = Math.min(state.shown.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW_PX) + SPARE_ROWS)
      const items = []
      for (let i = first; i < last; i += 1) items.push(row(state.shown[i], i))
      rows.replaceChildren(...items)
    }

    function row(example, i) {
      const item = element('li', '')
      item.style.top = `${i * ROW_PX}px`
      item.setAttribute('aria-setsize', String(state.shown.length))
      item.setAttribute('aria-posinset', String(i + 1))
      const link = element('a', '')
      link.href = `#${example.anchor}`
      if (example === state.current) link.setAttribute('aria-current', 'true')
      const about = [example.flips[state.contrast], example.subset, example.id].filter(Boolean).join(' · ')
      link.append(element('span', 'jl-row-text', example.prompt.slice(0, 160)), element('span', 'jl-row-about', about))
      item.append(link)
      return item
    }

    function showLinked(options) {
      const example = examples.find(({ anchor }) => `#${anchor}` === location.hash)
      if (example === undefined) return false
      if (!state.shown.includes(example)) {
        for (const field of [subset, flip, search]) field.value = ''
        filter()
      }
      show(example, { ...options, keepsHash: true })
      return true
    }

    function show(example, { takesFocus = false, keepsHash = false } = {}) {
      state.current = example
      if (example === undefined) article.replaceChildren(element('p', '', 'No example is like this.'))
      else article.replaceChildren(...exampleParts(example, { judges, contrast: contrasts[state.contrast], state }))
      scrollToRow()
      drawRows()
      if (takesFocus) {
        article.focus({ preventScroll: true })
        article.scrollIntoView({ block: 'nearest' })
        const { scrollPaddingTop } = getComputedStyle(document.documentElement)
        if (article.getBoundingClientRect().top < Number.parseFloat(scrollPaddingTop))
          article.scrollIntoView({ block: 'start' })
      }
      if (!keepsHash && example !== undefined) setHash(example.anchor)
      for (const text of article.querySelectorAll('.jl-text')) unfoldable(text)
      dispatchEvent(new Event('judgelab-shown'))
    }

    function scrollToRow() {
      const at = state.shown.indexOf(state.current)
      if (at < 0) return
      const [top, bottom] = [at * ROW_PX, (at + 1) * ROW_PX]
      if (top < list.scrollTop) list.scrollTop = top
      if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight
    }

    function onKey(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target === search && event.key === 'Escape') search.blur()
      if (event.target.closest?.('input, select, textarea')) return
      if (event.key === '/') {
        event.preventDefault()
        search.focus()
      }
      if (event.key !== 'j' && event.key !== 'k') return
      const next = state.shown[state.shown.indexOf(state.current) + (event.key === 'j' ? 1 : -1)]
      if (next !== undefined) show(next, { takesFocus: true })
    }
  }

  /** A page from disk may not be allowed to change its address. */
  function setHash(anchor) {
    try {
      history.replaceState(null, '', `#${anchor}`)
    } catch {
      // The example is shown all the same.
    }
  }

  const searchable = new Map()

  function textsOf(example) {
    let text = searchable.get(example)
    if (text === undefined) {
      text = [example.id, example.prompt, ...example.responses.map((response) => response.text)]
        .join('\n')
        .toLowerCase()
      searchable.set(example, text)
    }
    return text
  }

  function fillSelect(select, values) {
    const counts = new Map()
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
    const was = select.value
    const options = [...counts].map(([value, count]) => option(value, `${value} (${count})`))
    select.replaceChildren(option('', `all (${values.length})`), ...options)
    if (counts.has(was)) select.value = was
  }

  function option(value, text) {
    return Object.assign(document.createElement('option'), { value, textContent: text })
  }

  function element(tag, className, text = '') {
    const made = document.createElement(tag)
    if (className !== '') made.className = className
    if (text !== '') made.textContent = text
    return made
  }

  function exampleParts(example, { judges, contrast, state }) {
    const head = element('h2', '')
    const link = element('a', 'jl-anchor', example.id)
    link.href = `#${example.anchor}`
    head.append(link)
    for (const facet of [example.subset, example.flips[state.contrast]])
      if (facet) head.append(' ', element('span', 'jl-facet', facet))
    const prompt = element('div', 'jl-prompt')
    prompt.append(element('h3', '', 'Prompt'), textBox(example.prompt))
    const responses = element('div', 'jl-responses')
    for (const { role, text } of example.responses) {
      const pane = element('div', 'jl-response')
      pane.append(element('h3', '', role === 'chosen' ? 'Chosen by the label' : 'Rejected by the label'), textBox(text))
      responses.append(pane)
    }
    const compare = compareButton(responses)
    const parts = [head, prompt, responses, ...(compare ? [compare] : []), judgmentsTable(example, judges, contrast)]
    return [...parts, ...judgeTexts(example, judges, contrast)]
  }

  function textBox(text) {
    const box = element('div', 'jl-text', text)
    box.dir = 'auto'
    return box
  }

  /** The two judges that are compared first, before and after; then the others. */
  function judgeOrder(example, contrast) {
    const first = contrast === undefined ? [] : [contrast.before, contrast.after]
    const others = example.judgments.map((_, i) => i).filter((i) => !first.includes(i))
    return [...first, ...others].filter((i) => example.judgments[i] !== null)
  }

  function judgmentsTable(example, judges, contrast) {
    const box = element('div', 'jl-scroll')
    const table = element('table', 'jl-judgments')
    const order = judgeOrder(example, contrast)
    const passes = Math.max(0, ...order.map((i) => example.judgments[i].passes.length))
    const names = ['Judge', 'Verdict', ...['First order', 'Second order'].slice(0, passes)]
    const head = table.createTHead().insertRow()
    for (const name of names) head.append(Object.assign(element('th', '', name), { scope: 'col' }))
    const body = table.createTBody()
    for (const i of order) {
      const line = body.insertRow()
      if (contrast !== undefined && (i === contrast.before || i === contrast.after)) line.className = 'jl-bold'
      line.append(Object.assign(element('th', '', judges[i]), { scope: 'row' }))
      const { verdict, passes: said } = example.judgments[i]
      for (const text of [verdict, ...said]) line.append(element('td', '', text))
    }
    box.append(table)
    return box
  }

  function judgeTexts(example, judges, contrast) {
    return judgeOrder(example, contrast).flatMap((i) => {
      const { texts = [] } = example.judgments[i]
      return texts.map((text, order) => {
        const details = element('details', 'jl-code')
        const about = texts.length > 1 ? `, ${['first', 'second'][order] ?? order + 1} order` : ''
        details.append(element('summary', '', `What ${judges[i]} wrote${about}`), textBox(text))
        details.querySelector('.jl-text').classList.add('jl-unfolded')
        return details
      })
    })
  }

  function unfoldable(text) {
    if (text.classList.contains('jl-unfolded') || text.scrollHeight <= text.clientHeight + 4) return
    const button = textButton('Show all', 'jl-more')
    button.setAttribute('aria-expanded', 'false')
    button.addEventListener('click', () => {
      const isFolded = !text.classList.toggle('jl-unfolded')
      button.textContent = isFolded ? 'Show all' : `Show ${FOLDED_LINES} lines`
      button.setAttribute('aria-expanded', String(!isFolded))
    })
    text.after(button)
  }

  function textButton(text, className) {
    return Object.assign(element('button', className, text), { type: 'button' })
  }

  /** A button that marks the words which one of two responses has and the other has not. */
  function compareButton(responses) {
    const texts = [...responses.querySelectorAll('.jl-text')]
    if (texts.length !== 2) return undefined
    const button = textButton('Mark differences', 'jl-more jl-compare')
    button.setAttribute('aria-pressed', 'false')
    const plain = texts.map((text) => text.textContent)
    button.addEventListener('click', () => {
      const isMarked = button.getAttribute('aria-pressed') === 'true'
      button.setAttribute('aria-pressed', String(!isMarked))
      if (isMarked) for (const [i, text] of texts.entries()) text.textContent = plain[i]
      else markDifferences(texts, plain)
    })
    return button
  }

  function markDifferences(texts, plain) {
    const words = plain.map((text) => text.match(/\s+|[\p{L}\p{N}]+|./gsu) ?? [])
    const common = commonWords(words[0], words[1])
    for (const [i, text] of texts.entries()) {
      text.textContent = ''
      for (const [k, word] of words[i].entries()) {
        if (common[i].has(k) || word.trim() === '') text.append(word)
        else text.append(element('mark', '', word))
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
