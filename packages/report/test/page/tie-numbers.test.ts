import { describe, expect, it } from 'vitest'
import { tieNumbers } from '../../src/page/tie-numbers.js'

/** Spaces that do not break, shown. */
const shown = (html: string): string => tieNumbers(html).replaceAll('\u00a0', '·')

describe('tieNumbers', () => {
  it.each([
    ['75.4 % of 297', '75.4·% of 297'],
    [
      '+22.2 points [+15.6, +28.8], exact McNemar p &lt; 0.001',
      '+22.2·points [+15.6,·+28.8], exact McNemar p·&lt;·0.001',
    ],
    ['53.2 % [47.5, 58.8]', '53.2·%·[47.5,·58.8]'],
    ['51.9 [46.2, 57.5] % of', '51.9·[46.2,·57.5]·% of'],
    ['−1.3 [−11.2, +8.5]', '−1.3·[−11.2,·+8.5]'],
    ['GPT-5.2, GPT-4.', '<span class="jl-whole">GPT-5.2</span>, <span class="jl-whole">GPT-4</span>.'],
    ['run local-2af1, notebooks/02-baseline, gpt-oss-120b', 'run local-2af1, notebooks/02-baseline, gpt-oss-120b'],
    ['with n = 16, n 25 and p 0.03', 'with n·=·16, n·25 and p·0.03'],
    ['Table 3, Figure 12, ln 2', 'Table·3, Figure·12, ln·2'],
    ['An 8 and a map 3', 'An 8 and a map 3'],
  ])('%s', (text, tied) => expect(shown(text)).toBe(tied))

  it('leaves code, prompts, charts and tags alone', () => {
    const html =
      '<p title="5 % > 3 %">5 %</p><pre>5 % <code>5 %</code> 5 %</pre><svg aria-label="5 %"><text>5 %</text></svg> 5 %'
    expect(shown(html)).toBe(
      '<p title="5 % > 3 %">5·%</p><pre>5 % <code>5 %</code> 5 %</pre><svg aria-label="5 %"><text>5 %</text></svg> 5·%',
    )
  })
})
