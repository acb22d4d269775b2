/** A level of intervals as a reader sees it: 0.95 is `95 %`, 0.995 is `99.5 %`. */
export function levelText(level: number): string {
  return `${Number((100 * level).toFixed(6))} %`
}
