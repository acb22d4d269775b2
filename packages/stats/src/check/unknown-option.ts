/** The error for an option outside its union: what an exhaustive switch throws in its last branch. */
export function unknownOption(caller: string, name: string, value: never): TypeError {
  return new TypeError(`${caller} needs a known ${name}, got ${name}=${String(value)}`)
}
