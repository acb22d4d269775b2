import { stripVTControlCharacters } from 'node:util'
import type { CellRun } from '../kernel/start-kernel.js'

/** Why a cell failed, and on which line of its source (from 1), where that can be told. */
export interface CellFailure {
  readonly reason: string
  readonly line: number | undefined
}

/** Reads a failure from the kernel's error, or, as tslab has none, from what the cell wrote to standard error. */
export function cellFailure(run: CellRun, source: string): CellFailure {
  if (run.error !== undefined) return { reason: `${run.error.name}: ${run.error.message}`, line: undefined }
  const written = run.outputs.map((output) =>
    output.output_type === 'stream' && output.name === 'stderr' ? output.text : '',
  )
  const text = stripVTControlCharacters(written.join('')).trim()
  return { reason: withoutKernelFrames(text) || 'it failed without saying why', line: errorLine(text, source) }
}

/** A compile error says `line:column - text`. An exception shows the line as compiled, which mostly is as written. */
function errorLine(text: string, source: string): number | undefined {
  const compiled = /^(\d+):\d+ - /m.exec(text)
  if (compiled !== null) return Number(compiled[1])
  const shown = /^evalmachine\.<anonymous>:\d+\n(.*)\n *\^/m.exec(text)?.[1]
  if (shown === undefined) return undefined
  const bare = (line: string): string => line.trim().replace(/;$/, '').replaceAll('"', "'")
  const lines = source.split('\n').map(bare)
  const first = lines.indexOf(bare(shown))
  return first >= 0 && first === lines.lastIndexOf(bare(shown)) ? first + 1 : undefined
}

/** Leaves out the compiled line and the stack frames of Node and of the kernel itself. */
function withoutKernelFrames(text: string): string {
  const isOurs = (line: string): boolean => !/^\s+at .*(evalmachine|node:|[\\/]tslab[\\/]dist[\\/])/.test(line)
  return text
    .replace(/^evalmachine\.<anonymous>:\d+\n.*\n *\^+\n+/m, '')
    .split('\n')
    .filter(isOurs)
    .join('\n')
    .trim()
}
