/**
 * The point in [low, high] where a falling function passes zero, to within `width`, or to the last bit
 * that halving can reach.
 *
 * Needs f(low) >= 0 >= f(high); where the function is positive all the way the answer is `high`, where it is negative
 * all the way `low`.
 */
export function bisect(falling: (x: number) => number, low: number, high: number, width = 0): number {
  for (let step = 0; step < 100; step++) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high || high - low < width) break
    if (falling(middle) > 0) low = middle
    else high = middle
  }
  return low + (high - low) / 2
}
