/** Polygons with Greek names, with their article, and their number of sides. Source: common usage in geometry. */
export const POLYGONS: readonly (readonly [polygon: string, sides: number])[] = [
  ['a pentagon', 5],
  ['a hexagon', 6],
  ['a heptagon', 7],
  ['an octagon', 8],
  ['a decagon', 10],
  ['a hendecagon', 11],
  ['a dodecagon', 12],
]
