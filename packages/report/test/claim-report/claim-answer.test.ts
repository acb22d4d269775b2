import { type ClaimResult, claimResult } from '@judgelab/analysis'
import { parseClaim } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { claimAnswer } from '../../src/claim-report/claim-answer.js'
import { claimSentence } from '../../src/index.js'

const claim = (judges: string, contrasts = ''): ClaimResult =>
  claimResult(parseClaim(`version: 1\ntitle: t\nn: 297\njudges: [${judges}]\n${contrasts}`, 'c.yaml'))
const JUDGES =
  '{ name: A, correct: 186 }, { name: B, correct: 183 }, { name: C, correct: 120 }, { name: D, correct: 172 }'

describe('claimAnswer', () => {
  it('says of several comparisons as clearly which hold as which do not', () => {
    const contrasts = 'contrasts: [{ judge: A, against: B }, { judge: A, against: D }, { judge: B, against: C }]'
    expect(claimAnswer(claim(JUDGES, contrasts))).toBe(
      'Of 3 printed comparisons, 1 holds under every pairing of the answers (B against C, +21.2 points, p < 0.001), 1 depends on the pairing, which is not printed (A against D, +4.7 points, p < 0.001 to 0.40) and 1 is significant under no pairing (A against B, +1.0 points, p 0.25 to 0.89).',
    )
  })

  it('leaves out the kinds that there are none of', () => {
    const contrasts = 'contrasts: [{ judge: A, against: C }, { judge: B, against: C }]'
    expect(claimAnswer(claim(JUDGES, contrasts))).toMatch(
      /^Of 2 printed comparisons, 2 hold under every pairing of the answers \([^()]*\)\.$/,
    )
  })

  it('is the comparison’s own sentence where there is one', () => {
    const result = claim('{ name: A, correct: 186 }, { name: B, correct: 183 }')
    const [contrast] = result.contrasts
    expect(claimAnswer(result)).toBe(claimSentence(result, contrast!))
  })
})
