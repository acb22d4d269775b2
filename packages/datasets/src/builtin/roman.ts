const ROMAN: readonly (readonly [value: number, letters: string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

/** The Roman numeral of an integer from 1 to 3999. */
export function toRoman(value: number): string {
  let left = value
  let numeral = ''
  for (const [worth, letters] of ROMAN)
    while (left >= worth) {
      numeral += letters
      left -= worth
    }
  return numeral
}
