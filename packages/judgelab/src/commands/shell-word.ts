/** A word of a command as a shell takes it back: in quotes where it needs them. */
export function shellWord(word: string): string {
  return /^[\w./%=,:@+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
