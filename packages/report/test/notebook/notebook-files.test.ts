import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadNotebook, notebookText, parseNotebook, saveNotebook } from '../../src/index.js'

const CODE = { cell_type: 'code', id: 'a', metadata: {}, source: 'a\nb', outputs: [], execution_count: null }
const text = (cells: readonly object[], rest: object = {}): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells, ...rest })

describe('notebook files', () => {
  it('reads lines and joined text alike, and JSON outputs as they are', () => {
    const outputs = [
      { output_type: 'stream', name: 'stdout', text: ['a\n', 'b'] },
      {
        output_type: 'display_data',
        metadata: {},
        data: { 'text/html': ['<b>', 'x'], 'application/x+json': ['a', 'b'] },
      },
    ]
    const { cells } = parseNotebook(text([{ ...CODE, source: ['a\n', 'b'], outputs }]), 'n')
    expect(cells[0]).toMatchObject({
      source: 'a\nb',
      outputs: [{ text: 'a\nb' }, { data: { 'text/html': '<b>x', 'application/x+json': ['a', 'b'] } }],
    })
  })

  it('gives the cells of older notebooks an id', () => {
    const { id, ...old } = CODE
    const read = parseNotebook(text([old, old], { nbformat_minor: 2 }), 'n')
    expect(read.cells.map((cell) => cell.id)).toEqual(['cell-1', 'cell-2'])
    expect(read.nbformat_minor).toBe(5)
  })

  it.each([
    ['no JSON', '{', /^n\.ipynb: a notebook needs to be JSON, got /],
    ['another format', text([], { nbformat: 3 }), /^n\.ipynb: nbformat: /],
    ['no cells', JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {} }), /^n\.ipynb: cells: /],
    ['a number', '7', /^n\.ipynb: notebook: /],
    ['a strange cell', text([CODE, { ...CODE, cell_type: 'poem' }]), /^n\.ipynb: cell 2 cell_type: /],
    ['a cell without source', text([CODE, CODE, { ...CODE, source: 5 }]), /^n\.ipynb: cell 3 source: /],
    [
      'an output of no kind',
      text([{ ...CODE, outputs: [{ output_type: 'smell' }] }]),
      /^n\.ipynb: cell 1 outputs 0 output_type: /,
    ],
  ])('names file and cell for %s', (_, content, message) => {
    expect(() => parseNotebook(content, 'n.ipynb')).toThrow(message)
  })

  it('writes what it read, with the same bytes, and leaves no half file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'notebook-'))
    const [first, second] = [join(folder, 'a.ipynb'), join(folder, 'deep', 'b.ipynb')]
    const outputs = [{ output_type: 'stream', name: 'stderr', text: 'x\ny\n' }]
    await writeFile(
      first,
      text([
        { ...CODE, outputs },
        { cell_type: 'markdown', id: 'm', metadata: { z: 1, a: 2 }, source: '' },
      ]),
    )
    await saveNotebook(second, await loadNotebook(first))
    const saved = await readFile(second, 'utf8')
    expect(saved).toBe(notebookText(await loadNotebook(second)))
    expect(saved).toContain('   "source": [\n    "a\\n",\n    "b"\n   ]')
    expect(saved.indexOf('"a": 2')).toBeLessThan(saved.indexOf('"z": 1'))
    expect(saved.endsWith('}\n')).toBe(true)
    expect(await readdir(join(folder, 'deep'))).toEqual(['b.ipynb'])
  })

  it('leaves what stood there, and nothing beside it, where it can not write', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'notebook-'))
    const path = join(folder, 'a.ipynb')
    await mkdir(path)
    await expect(saveNotebook(path, parseNotebook(text([CODE]), 'n'))).rejects.toThrow(
      /a\.ipynb could not be written \(.*\); what stood there before is unchanged/,
    )
    expect(await readdir(folder)).toEqual(['a.ipynb'])
  })
})
