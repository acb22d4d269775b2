/** Polygons and their number of sides. Source: Euclid's Elements and common usage. */
export const POLYGONS: readonly (readonly [polygon: string, sides: number])[] = [
  ['triangle', 3],
  ['pentagon', 5],
  ['hexagon', 6],
  ['heptagon', 7],
  ['octagon', 8],
  ['nonagon', 9],
  ['decagon', 10],
  ['dodecagon', 12],
]
