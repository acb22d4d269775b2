import type { MimeBundle, Output } from '../notebook/notebook.js'
import type { WireMessage } from './wire.js'

/** Gathers what a kernel publishes into the outputs of its cells. */
export interface OutputCollector {
  /** Starts a cell; what follows with this parent id belongs to it. */
  readonly begin: (requestId: string) => void
  readonly receive: (message: WireMessage) => void
  readonly outputsOf: (requestId: string) => readonly Output[]
}

interface CellOutputs {
  readonly outputs: Output[]
  /** The display id of each output that has one: `update_display_data` may replace it later, from any cell. */
  readonly displayIds: (string | undefined)[]
  clearsOnNext: boolean
}

/** A collector for one kernel. A late message still finds its cell: it is filed under its parent. */
export function createOutputCollector(): OutputCollector {
  const cells = new Map<string, CellOutputs>()
  return {
    begin: (requestId) => void cells.set(requestId, { outputs: [], displayIds: [], clearsOnNext: false }),
    receive: (message) => {
      if (message.header.msg_type === 'update_display_data') updateDisplay([...cells.values()], message)
      else add(cells.get(message.parent.msg_id ?? ''), message)
    },
    outputsOf: (requestId) => cells.get(requestId)?.outputs ?? [],
  }
}

function add(cell: CellOutputs | undefined, { header, content }: WireMessage): void {
  if (cell === undefined) return
  if (header.msg_type === 'clear_output') clear(cell, content.wait === true)
  const output = outputFrom(header.msg_type, content)
  if (output === undefined) return
  if (cell.clearsOnNext) clear(cell, false)
  const last = cell.outputs.at(-1)
  if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
    cell.outputs[cell.outputs.length - 1] = { ...last, text: last.text + output.text }
    return
  }
  cell.outputs.push(output)
  cell.displayIds.push(displayId(content))
}

function clear(cell: CellOutputs, waits: boolean): void {
  cell.clearsOnNext = waits
  if (waits) return
  cell.outputs.length = 0
  cell.displayIds.length = 0
}

function updateDisplay(cells: readonly CellOutputs[], { content }: WireMessage): void {
  const id = displayId(content)
  if (id === undefined) return
  for (const cell of cells)
    cell.displayIds.forEach((shown, i) => {
      const output = cell.outputs[i]
      if (shown !== id || output === undefined || !('data' in output)) return
      cell.outputs[i] = { ...output, data: bundle(content.data), metadata: bundle(content.metadata) }
    })
}

function outputFrom(type: string, content: WireMessage['content']): Output | undefined {
  const data = bundle(content.data)
  const metadata = bundle(content.metadata)
  switch (type) {
    case 'stream':
      return {
        output_type: 'stream',
        name: content.name === 'stderr' ? 'stderr' : 'stdout',
        text: String(content.text),
      }
    case 'display_data':
      return { output_type: 'display_data', data, metadata }
    case 'execute_result':
      return { output_type: 'execute_result', execution_count: Number(content.execution_count), data, metadata }
    case 'error':
      return {
        output_type: 'error',
        ename: String(content.ename),
        evalue: String(content.evalue),
        traceback: Array.isArray(content.traceback) ? content.traceback.map(String) : [],
      }
    default:
      return undefined
  }
}

function bundle(value: unknown): MimeBundle {
  return typeof value === 'object' && value !== null ? (value as MimeBundle) : {}
}

function displayId(content: WireMessage['content']): string | undefined {
  const id = bundle(content.transient).display_id
  return typeof id === 'string' ? id : undefined
}
