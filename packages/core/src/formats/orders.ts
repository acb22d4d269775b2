import { digest } from '../digest.js'
import type { Comparison } from './comparison.js'

export const ORDERS = ['both', 'first', 'random'] as const
/** The orders in which two responses are shown: both, the response of lower index first, or one drawn by seed. */
export type Orders = (typeof ORDERS)[number]

/** Which orders are asked. */
export interface AskedOrders {
  readonly orders: Orders
  /** Of `random`. */
  readonly orderSeed?: number | undefined
}

/**
 * The slots of every order in which a comparison is asked, in the order of asking: the response of lower index in slot 0,
 * then swapped. `random` takes one of the two by a digest of seed and comparison, so that nothing depends on the order of
 * the comparisons. None of them looks at the label.
 */
export function slotsByOrder(comparison: Comparison, { orders, orderSeed = 0 }: AskedOrders): [number, number][] {
  const { id, chosen, rejected } = comparison
  const [low, high] = chosen < rejected ? [chosen, rejected] : [rejected, chosen]
  switch (orders) {
    case 'both':
      return [
        [low, high],
        [high, low],
      ]
    case 'first':
      return [[low, high]]
    case 'random':
      return [Number.parseInt(digest([orderSeed, id]).slice(0, 8), 16) % 2 === 0 ? [low, high] : [high, low]]
  }
}
