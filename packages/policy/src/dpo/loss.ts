import { LOSSES, type Loss, refusedLoss } from '@judgelab/core'
import { logSigmoid, sigmoid } from './log-sigmoid.js'

/** Which loss, and its own parameter. */
export interface LossOptions {
  /** Defaults to dpo. */
  readonly loss?: Loss | undefined
  /** For cdpo: epsilon, the share of labels that are taken to be flipped, in (0, 0.5). */
  readonly labelSmoothing?: number | undefined
}

/** A loss as a function of a pair's margin m = beta * (log-ratio of the preferred - log-ratio of the non-preferred). */
export interface MarginLoss {
  /** The loss of one pair of weight 1. */
  readonly value: (margin: number) => number
  /** Minus the derivative of the loss in m. */
  readonly pull: (margin: number) => number
  /**
   * What the trainer multiplies the pull by, so that all losses start from the same pull of 1/2 where policy and reference
   * are equal (but for label smoothing) and learning rates mean the same. A constant factor of a loss moves no minimum.
   */
  readonly scale: number
}

/**
 * The losses that are functions of the margin, and so need no normalising constant of a log-linear policy:
 *
 * - dpo: -log sigmoid(m)
 * - cdpo: -(1 - epsilon) log sigmoid(m) - epsilon log sigmoid(-m), least where sigmoid(m) = 1 - epsilon
 * - ipo: (m / beta - 1 / (2 beta))^2, least where m = 1/2
 *
 * @see Rafailov et al. (2023), arXiv:2305.18290, eq. 7; Mitchell (2023), "A note on DPO with noisy preferences and
 *   relationship to IPO"; Azar et al. (2023), arXiv:2310.12036, eq. 17
 */
export function marginLoss({ loss = 'dpo', labelSmoothing = 0 }: LossOptions, beta: number): MarginLoss {
  switch (loss) {
    case 'dpo':
      return { value: (m) => -logSigmoid(m), pull: (m) => sigmoid(-m), scale: 1 }
    case 'cdpo':
      return {
        value: (m) => -(1 - labelSmoothing) * logSigmoid(m) - labelSmoothing * logSigmoid(-m),
        pull: (m) => sigmoid(-m) - labelSmoothing,
        scale: 1,
      }
    case 'ipo':
      return {
        value: (m) => ((m - 0.5) / beta) ** 2,
        pull: (m) => (1 - 2 * m) / beta ** 2,
        scale: beta ** 2 / 2,
      }
  }
}

/** @throws {RangeError} for a loss that is not trained by, with the reason, and for label smoothing that does not fit */
export function checkLoss({ loss = 'dpo', labelSmoothing = 0 }: LossOptions): void {
  if (!LOSSES.includes(loss)) {
    const reason = refusedLoss(loss)
    throw new RangeError(
      `trainDpo needs a loss among ${LOSSES.join(', ')}, got ${loss}${reason === undefined ? '' : `, which ${reason}`}`,
    )
  }
  const fits = loss === 'cdpo' ? labelSmoothing > 0 && labelSmoothing < 0.5 : labelSmoothing === 0
  if (!fits)
    throw new RangeError(
      `trainDpo needs labelSmoothing ${loss === 'cdpo' ? 'in (0, 0.5)' : '0'} for ${loss}, got labelSmoothing=${labelSmoothing}`,
    )
}
