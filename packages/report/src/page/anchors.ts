/**
 * Gives out ids for one page: the same texts in the same order give the same ids, and none twice. The ids of examples
 * begin with a word of their own, so that no notebook can have one of them.
 */
export type Anchors = (text: string, kind?: 'example') => string

/** Where ids of the page's own parts begin: numbered figures and tables, examples, and what its script looks for. */
const OWN_BEGINNINGS = ['figure-', 'table-', 'example-', 'jl-']

/** Ids of `taken`, and those that begin as the page's own do, are never given to anything else. */
export function createAnchors(taken: readonly string[]): Anchors {
  const used = new Set(taken)
  return (text, kind) => {
    const base = kind === undefined ? notOwn(slug(text)) : `${kind}-${slug(text)}`
    const free = (count: number): string => {
      const id = count === 1 ? base : `${base}-${count}`
      return used.has(id) ? free(count + 1) : id
    }
    const id = free(1)
    used.add(id)
    return id
  }
}

function notOwn(id: string): string {
  return OWN_BEGINNINGS.some((beginning) => id.startsWith(beginning)) ? `section-${id}` : id
}

/** Text as an id: letters and digits of any script, with hyphens between. */
export function slug(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
  return words?.join('-').slice(0, 80) ?? 'part'
}
