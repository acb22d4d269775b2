import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findProject } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { type Cell, loadNotebook } from '../../src/index.js'

const { notebooks: folder } = findProject(import.meta.dirname)
const files = readdirSync(folder).filter((name) => name.endsWith('.ipynb'))

/** Tables and figures go through functions that put a sentence under them; a bare table needs one in its own cell. */
const SHOWS_BARE = /\bhtmlTable\(|\brenderSvg\(|image\/svg\+xml/
const SAYS = /tslab\.display\.markdown\(/

describe.each(files)('notebook %s', (name) => {
  const load = async (): Promise<readonly Cell[]> => (await loadNotebook(join(folder, name))).cells
  const isCode = (cell: Cell): boolean => cell.cell_type === 'code'

  it('opens with its question, and the first thing that it shows is the answer', async () => {
    const cells = await load()
    expect(cells[0]?.cell_type).toBe('markdown')
    expect(cells[0]?.source).toMatch(/^# [^\n]+\?\n/)
    const shown = cells.filter((cell) => isCode(cell) && cell.source.includes('tslab.display'))
    expect(shown[0]?.source).toContain('answerText(')
  })

  it('says something under every table and figure', async () => {
    for (const { id, source } of (await load()).filter(isCode))
      if (SHOWS_BARE.test(source)) expect(source, `cell ${id} shows a table or figure and says nothing`).toMatch(SAYS)
  })

  it('has parameters, no outputs, and ends with a check and what would change the conclusion', async () => {
    const cells = await load()
    expect(cells.filter(({ metadata }) => JSON.stringify(metadata).includes('"parameters"'))).toHaveLength(1)
    expect(cells.flatMap((cell) => (cell.cell_type === 'code' ? cell.outputs : []))).toEqual([])
    const [title, check, last] = cells.slice(-3)
    expect(title?.source).toMatch(/## Check$/)
    expect(check?.source).toContain('throw new Error(')
    expect(last?.source).toMatch(/^\*\*What would change the conclusion\.\*\* /)
  })
})
