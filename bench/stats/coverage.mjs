/**
 * Coverage of every interval and size of every test, as Markdown tables: the figures of docs/statistics.md.
 *
 * Run:  node scripts/build.mjs && node bench/stats/coverage.mjs    (one core, five to ten minutes)
 * Small samples by enumeration, which is exact; the others by seeded simulation, whose error is given with each table.
 */

import { clusters } from './coverage/clusters.mjs'
import { begin } from './coverage/experiments.mjs'
import { halfCredit } from './coverage/half-credit.mjs'
import { oneProportion } from './coverage/one-proportion.mjs'
import { otherTests } from './coverage/other-tests.mjs'
import { pairedEnumerated, pairedSimulated } from './coverage/paired.mjs'
import { sequential } from './coverage/sequential.mjs'
import { margins, mcnemarSize } from './coverage/sizes.mjs'

const parts = {
  oneProportion,
  pairedEnumerated,
  pairedSimulated,
  halfCredit,
  clusters,
  mcnemarSize,
  margins,
  otherTests,
  sequential,
}
const asked = process.argv.slice(2)
for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  begin()
  part()
}
