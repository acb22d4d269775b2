import { refuse } from './reply.js'

/** A page of a list as OpenAI gives it. */
export interface Page<T> {
  readonly object: 'list'
  readonly data: readonly T[]
  readonly first_id: string | null
  readonly last_id: string | null
  readonly has_more: boolean
}

/** The items after the id `after`, at most `limit` of them. @throws {RefusedRequest} for an id that is not in the list */
export function pageOf<T extends { readonly id: string }>(
  items: readonly T[],
  { after, limit }: Readonly<Record<string, string>>,
  usual: number = 20,
): Page<T> {
  const at = after === undefined ? -1 : items.findIndex(({ id }) => id === after)
  if (after !== undefined && at < 0) return refuse(400, `No object with id '${after}' found.`, { param: 'after' })
  const size = Math.max(1, Number(limit ?? usual))
  const data = items.slice(at + 1, at + 1 + size)
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: at + 1 + size < items.length,
  }
}
