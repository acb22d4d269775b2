/** A function that keeps its last `size` results by argument, the oldest forgotten first. */
export function remember<T>(size: number, compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    const held = known.get(key)
    if (held !== undefined) return held
    const value = compute(key)
    if (known.size >= size) known.delete(known.keys().next().value as string)
    known.set(key, value)
    return value
  }
}
