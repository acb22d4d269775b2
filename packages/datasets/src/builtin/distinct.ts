/** Writes one text for each item, and writes again whenever a text is already there. */
export function distinctTexts<T>(items: readonly T[], write: (item: T) => string): string[] {
  const texts: string[] = []
  for (const item of items) {
    let text = write(item)
    while (texts.includes(text)) text = write(item)
    texts.push(text)
  }
  return texts
}
