/** The text with its first letter in upper case. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Replaces every `{name}` by its value; an unknown name is a mistake in a table. */
export function filled(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (slot, name: string) => {
    const value = values[name]
    if (value === undefined) throw new RangeError(`filled needs a value for ${slot}, got template ${template}`)
    return String(value)
  })
}
