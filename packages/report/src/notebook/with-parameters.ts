import { type Cell, cellTags, type Notebook } from './notebook.js'

/** What a notebook is run with: names of constants, and their values. */
export type NotebookParameters = Readonly<Record<string, string | number | boolean | null>>

/**
 * The notebook with a cell that sets its parameters, as Papermill puts it: tagged `injected-parameters`, after the cell
 * that is tagged `parameters` and holds their defaults. One that was put there before is replaced. A notebook without such
 * a cell has no parameters and stays as it is.
 *
 * @throws {RangeError} for a name that is none in TypeScript
 */
export function withParameters(notebook: Notebook, parameters: NotebookParameters): Notebook {
  const cells = notebook.cells.filter((cell) => !cellTags(cell).includes('injected-parameters'))
  const at = cells.findIndex((cell) => cell.cell_type === 'code' && cellTags(cell).includes('parameters'))
  if (at < 0 || Object.keys(parameters).length === 0) return { ...notebook, cells }
  return { ...notebook, cells: [...cells.slice(0, at + 1), injected(parameters), ...cells.slice(at + 1)] }
}

function injected(parameters: NotebookParameters): Cell {
  const lines = Object.entries(parameters).map(([name, value]) => {
    if (!/^[A-Za-z_$][\w$]*$/.test(name))
      throw new RangeError(`withParameters needs a name, got ${JSON.stringify(name)}`)
    return `const ${name} = ${JSON.stringify(value)}`
  })
  return {
    cell_type: 'code',
    id: 'injected-parameters',
    metadata: { tags: ['injected-parameters'] },
    source: ['// Parameters', ...lines].join('\n'),
    execution_count: null,
    outputs: [],
  }
}
