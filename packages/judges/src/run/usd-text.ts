/** An amount of USD in words; small ones keep two digits that say something. */
export function usdText(amount: number): string {
  if (amount === 0 || amount >= 1) return `${amount.toFixed(2)} USD`
  const decimals = Math.min(9, 1 - Math.floor(Math.log10(amount)))
  return `${amount.toFixed(Math.max(2, decimals))} USD`
}
