/** Size and coverage of the test that may be looked at at any time. */
import { extendPairedSequence, mcnemar, startPairedSequence } from '../../../packages/stats/dist/index.js'
import { header, percent, random, row, sharesOf, title } from './experiments.mjs'

export function sequential() {
  const looks = 1865
  title(
    `Two judges in lockstep, looked at after every one of ${looks.toLocaleString('en')} comparisons, level 0.95, 400 simulations`,
  )
  header(
    'discordance',
    'true difference',
    'ever decided, %',
    'decided for the wrong judge, %',
    'truth ever outside the confidence sequence, %',
    'median comparisons to decision',
    'exact McNemar p ever <= 0.05, %',
  )
  for (const [discordance, difference] of [
    [0.1, 0],
    [0.2, 0],
    [0.4, 0],
    [0.2, 0.05],
    [0.2, 0.1],
    [0.4, 0.2],
  ]) {
    const shares = sharesOf(discordance, difference)
    const [decisions, peeks] = [[], []]
    let [wrong, outside] = [0, 0]
    for (let e = 0; e < 400; e++) {
      let sequence = startPairedSequence()
      let [onlyA, onlyB, peeked, decidedAt] = [0, 0, false, null]
      for (let i = 1; i <= looks; i++) {
        const u = random()
        const x = u < shares[1] ? 1 : u < discordance ? -1 : 0
        if (x === 1) onlyA++
        if (x === -1) onlyB++
        peeked ||= x !== 0 && mcnemar({ onlyA, onlyB }).p <= 0.05
        sequence = extendPairedSequence(sequence, [x])
        if (sequence.decided !== null) decidedAt ??= i
      }
      peeks.push(peeked)
      if (decidedAt !== null) decisions.push(decidedAt)
      if (sequence.decided !== null && (difference === 0 || sequence.decided === 'b')) wrong++
      if (sequence.low > difference || sequence.high < difference) outside++
    }
    decisions.sort((x, y) => x - y)
    const median = decisions.length > 200 ? decisions[200] : 'not reached'
    row(
      discordance,
      difference,
      percent(decisions.length / 400),
      percent(wrong / 400),
      percent(outside / 400),
      median,
      percent(peeks.filter(Boolean).length / 400),
    )
  }
}
