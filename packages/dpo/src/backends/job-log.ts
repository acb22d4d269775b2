import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson, cutTornLine, readJsonl } from '@judgelab/core'

/** The rows of a job's `<name>.jsonl`; none where there is no such file. A line that a crash tore is cut off first. */
export async function loggedRows(folder: string, name: string): Promise<Readonly<Record<string, unknown>>[]> {
  const file = join(folder, `${name}.jsonl`)
  const rows: Readonly<Record<string, unknown>>[] = []
  await cutTornLine(file)
  try {
    for await (const { value } of readJsonl(file)) rows.push(value as Readonly<Record<string, unknown>>)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  return rows
}

/**
 * Appends to a job's `<name>.jsonl` what does not stand there yet, in whatever order and however often a service lists it; a
 * row that it lists twice stands there twice.
 */
export async function logNew(folder: string, name: string, rows: readonly object[]): Promise<void> {
  const held = new Map<string, number>()
  for (const row of await loggedRows(folder, name)) {
    const text = canonicalJson(row)
    held.set(text, (held.get(text) ?? 0) + 1)
  }
  const fresh = rows.filter((row) => {
    const text = canonicalJson(row)
    const left = held.get(text) ?? 0
    held.set(text, left - 1)
    return left <= 0
  })
  if (fresh.length === 0) return
  await mkdir(folder, { recursive: true })
  await appendFile(join(folder, `${name}.jsonl`), fresh.map((row) => `${JSON.stringify(row)}\n`).join(''))
}

function isMissing(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined
  return cause?.code === 'ENOENT'
}
