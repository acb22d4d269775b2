import { fileURLToPath } from 'node:url'
import { type Asking, type Mode, projectAt, type ShownPresentation } from '@judgelab/core'
import { type JudgingPrompt, loadPrompt } from '../../src/index.js'

/** This repository, whose prompts the tests use. */
export const PROJECT: ReturnType<typeof projectAt> = projectAt(fileURLToPath(new URL('../../../../', import.meta.url)))

/** One of the repository's own prompts. */
export function ownPrompt(name: string, mode: Mode): Promise<JudgingPrompt> {
  return loadPrompt(PROJECT, name, mode)
}

/** How a judge is asked where a test says nothing else. */
export function asking(fields: Partial<Asking> = {}): Asking {
  return { decision: 'label', allowTie: true, askStrength: false, blind: false, ...fields }
}

/** Two responses to a request, or as many as a test needs. */
export function shown(fields: Partial<ShownPresentation> = {}): ShownPresentation {
  return { mode: 'pairwise', subset: 'Math', prompt: 'What is 2 + 2?', slots: ['4', '5'], ...fields }
}

/** A block of a composed text: its name, and what it holds. */
export interface Block {
  readonly name: string
  readonly text: string
}

/**
 * The blocks of a composed text, read line by line as a careful reader would: a block ends at the line that closes it with
 * the nonce that it was opened with, and what stands between is its text.
 */
export function blocksOf(text: string): { readonly blocks: readonly Block[]; readonly outside: string } {
  const blocks: Block[] = []
  const outside: string[] = []
  let open: { name: string; nonce: string; lines: string[] } | undefined
  for (const line of text.split('\n')) {
    const opening = /^<<<([A-Z]+(?: [A-Z])?) ([0-9a-f]{12})>>>$/.exec(line)
    if (open !== undefined) {
      if (line === `<<<END ${open.name} ${open.nonce}>>>`) {
        blocks.push({ name: open.name, text: open.lines.join('\n') })
        open = undefined
      } else open.lines.push(line)
    } else if (opening) open = { name: opening[1] as string, nonce: opening[2] as string, lines: [] }
    else outside.push(line)
  }
  if (open !== undefined) throw new Error(`block ${open.name} is not closed`)
  return { blocks, outside: outside.join('\n') }
}
