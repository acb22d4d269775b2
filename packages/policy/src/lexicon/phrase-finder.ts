/** Counts, over one pass of a list of words, how often each named list of phrases is met. */
export type PhraseFinder<Name extends string> = (words: readonly string[]) => Record<Name, number>

/**
 * Prepares lists of phrases (lower-case words separated by single spaces) for finding. At a word the phrases that begin with it
 * are tried, list by list, and each list counts at most one match that begins there; so the time is linear in the words.
 */
export function phraseFinder<Name extends string>(
  lists: Readonly<Record<Name, readonly string[]>>,
): PhraseFinder<Name> {
  const names = Object.keys(lists) as Name[]
  const byFirst = new Map<string, { readonly name: Name; readonly rest: readonly string[] }[]>()
  for (const name of names)
    for (const phrase of lists[name]) {
      const [first = '', ...rest] = phrase.split(' ')
      const held = byFirst.get(first) ?? []
      held.push({ name, rest })
      byFirst.set(first, held)
    }
  return (words) => {
    const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>
    for (let i = 0; i < words.length; i++) {
      const candidates = byFirst.get(words[i] as string)
      if (candidates === undefined) continue
      let counted: Name | undefined
      for (const { name, rest } of candidates)
        if (name !== counted && follows(words, i + 1, rest)) {
          counts[name]++
          counted = name
        }
    }
    return counts
  }
}

function follows(words: readonly string[], from: number, rest: readonly string[]): boolean {
  for (let k = 0; k < rest.length; k++) if (words[from + k] !== rest[k]) return false
  return true
}
