import type { Failed, Rating } from '@judgelab/core'
import type { OfficialCredit } from '../official-score.js'

/** Upstream's mark of a rating that could not be had. */
export const FAILED_RATING = -1

/** White space as Python's `strip` and `\s` have it: with U+001C to U+001F and U+0085, without U+FEFF. */
const SPACE = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
/** `\b([1-9]|10)\b\s*$` with Python's words, which hold the letters and digits of every script. */
const LAST_RATING = new RegExp(`(?<![\\p{L}\\p{N}_])([1-9]|10)${SPACE}*$`, 'u')

/**
 * Reads a rating from 1 to 10 as the official code does: the number that ends the text. What stands before it is not
 * looked at, so `8/10` and `8 out of 10` are 10, `7.5` is 5 and `-5` is 5; what stands after it makes it unreadable, so
 * `**8**`, `Rating: 9.` and `[[7]]` are failed.
 *
 * @see allenai/reward-bench 05a9005, rewardbench/generative_v2.py, `_get_single_rating`
 */
export function tryParseRating(text: string): Rating | Failed {
  const match = LAST_RATING.exec(text)
  if (match === null) return { kind: 'failed', reason: 'unparsed' }
  return { kind: 'rating', value: Number(match[1]), scale: { min: 1, max: 10 } }
}

/**
 * What the ratings of one example earn.
 *
 * With M the highest rating that was had and W the responses rated M: 1 / |W| when the chosen response is in W, else 0;
 * 0.25 when no rating was had. So a failed rating of the chosen response earns 0, and one of a rejected response drops
 * out, as if that response were not there. With any rating failed the credit counts as failed.
 *
 * @param ratings the chosen response's first; null for a failed one (upstream's -1 is read as failed, too)
 * @returns credit in [0, 1]
 * @throws {RangeError} if there are no ratings at all
 * @see allenai/reward-bench 05a9005, `run_judge_ratings_multi` and scripts/run_generative_v2.py
 * @example ratingsCredit([9, 9, 5, null]) // { credit: 0.5, failed: true }
 */
export function ratingsCredit(ratings: readonly (number | null)[]): OfficialCredit {
  if (ratings.length === 0) throw new RangeError('ratingsCredit needs at least 1 rating, got 0')
  const had = ratings.flatMap((rating) => (rating === null || rating === FAILED_RATING ? [] : [rating]))
  const failed = had.length < ratings.length
  if (had.length === 0) return { credit: 0.25, failed }
  const highest = Math.max(...had)
  const winners = had.filter((rating) => rating === highest).length
  return { credit: ratings[0] === highest ? 1 / winners : 0, failed }
}
