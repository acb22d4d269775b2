/** Gives out ids for one page: the same texts in the same order give the same ids, and none twice. */
export type Anchors = (text: string) => string

/** Ids of `taken` are never given. */
export function createAnchors(taken: readonly string[]): Anchors {
  const used = new Set(taken)
  return (text) => {
    const base = slug(text)
    const free = (count: number): string => {
      const id = count === 1 ? base : `${base}-${count}`
      return used.has(id) ? free(count + 1) : id
    }
    const id = free(1)
    used.add(id)
    return id
  }
}

/** Text as an id: letters and digits of any script, with hyphens between. */
export function slug(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
  return words?.join('-').slice(0, 80) ?? 'part'
}
