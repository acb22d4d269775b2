import { describe, expect, it } from 'vitest'
import { type Notebook, parseNotebook, withParameters } from '../../src/index.js'
import { notebookOf } from '../support/notebooks.js'

const PARAMETERS = { code: "const study = 'quickstart'", tags: ['parameters'] }
const parse = (...cells: Parameters<typeof notebookOf>[0]): Notebook => parseNotebook(notebookOf(cells), 'a.ipynb')
const sources = (notebook: Notebook): string[] => notebook.cells.map(({ source }) => source)

describe('withParameters', () => {
  it('puts a cell after the one that is tagged parameters, as Papermill does', () => {
    const notebook = withParameters(parse({ markdown: 'a' }, PARAMETERS, 'study'), { study: 'mine', level: 0.9 })
    expect(sources(notebook)).toEqual([
      ...['a', "const study = 'quickstart'", '// Parameters\nconst study = "mine"\nconst level = 0.9', 'study'],
    ])
    expect(notebook.cells[2]?.metadata).toEqual({ tags: ['injected-parameters'] })
  })

  it('replaces what was put there before', () => {
    const once = withParameters(parse(PARAMETERS, 'study'), { study: 'one' })
    expect(sources(withParameters(once, { study: 'two' }))).toEqual([
      ...["const study = 'quickstart'", '// Parameters\nconst study = "two"', 'study'],
    ])
  })

  it('leaves a notebook without parameters as it is', () => {
    const notebook = parse('1 + 1')
    expect(withParameters(notebook, { study: 'x' })).toEqual(notebook)
  })

  it('puts values in as text, and refuses what is no name', () => {
    const notebook = withParameters(parse(PARAMETERS), { study: "'; process.exit() //\n" })
    expect(sources(notebook)[1]).toBe('// Parameters\nconst study = "\'; process.exit() //\\n"')
    expect(() => withParameters(parse(PARAMETERS), { 'a = 1; b': 1 })).toThrow(/withParameters needs a name/)
  })
})
