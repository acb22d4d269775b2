/** What the experiments on coverage and size share: a seeded stream, draws, and rows of Markdown. */
import { seededRandom } from '../data.mjs'

let stream

/** Begins anew, for every part, so that one made alone is the same. */
export function begin() {
  stream = seededRandom(20261122)
}

export const random = () => stream()
export const percent = (share) => (100 * share).toFixed(1)
export const row = (...cells) => console.log(`| ${cells.join(' | ')} |`)
export const header = (...cells) => {
  row(...cells)
  row(...cells.map(() => '---'))
}
export const title = (text) => console.log(`\n### ${text}\n`)

/** log of n! for n up to a few thousand, by summing. */
const logFactorials = [0]
for (let i = 1; i <= 4000; i++) logFactorials.push(logFactorials[i - 1] + Math.log(i))

/** The probability of counts under multinomial shares. */
export function multinomialProbability(counts, shares) {
  let n = 0
  let log = 0
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] > 0 && shares[i] === 0) return 0
    n += counts[i]
    if (counts[i] > 0) log += counts[i] * Math.log(shares[i]) - logFactorials[counts[i]]
  }
  return Math.exp(log + logFactorials[n])
}

export const holds = ({ low, high }, truth) => low <= truth + 1e-12 && high >= truth - 1e-12

/** The share of seeded experiments that come out true. */
export function share(experiments, experiment) {
  let hits = 0
  for (let i = 0; i < experiments; i++) if (experiment()) hits++
  return hits / experiments
}

export function drawTable(n, shares) {
  const counts = [0, 0, 0, 0]
  for (let i = 0; i < n; i++) {
    let u = random()
    let at = 0
    while (at < 3 && u >= shares[at]) u -= shares[at++]
    counts[at]++
  }
  return { both: counts[0], onlyA: counts[1], onlyB: counts[2], neither: counts[3] }
}

/** Shares of the four cells: what is concordant is right six times in ten. */
export function sharesOf(discordance, difference) {
  const rest = 1 - discordance
  return [0.6 * rest, (discordance + difference) / 2, (discordance - difference) / 2, 0.4 * rest]
}
