/** An amount in USD, without the unit: three decimals below 10, else two. */
export function money(usd: number): string {
  return usd.toFixed(usd < 10 ? 3 : 2)
}

/** A span of seconds, rounded up, in the unit that reads best: `45 s`, `13 min`, `26.5 h`. */
export function span(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`
  if (seconds < 7200) return `${Math.ceil(seconds / 60)} min`
  return `${Number((Math.ceil(seconds / 360) / 10).toFixed(1))} h`
}

/** A moment in UTC, rounded up to the minute: `2026-11-28 13:05 UTC`. @param at ISO 8601 */
export function moment(at: string): string {
  const minutes = Math.ceil(Date.parse(at) / 60_000)
  return `${new Date(minutes * 60_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
