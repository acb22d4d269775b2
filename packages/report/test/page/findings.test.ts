import { expect, it } from 'vitest'
import { answerText } from '../../src/index.js'
import { createAnchors } from '../../src/page/anchors.js'
import { findingsSection } from '../../src/page/index-page.js'
import { executed } from '../support/sample-report.js'

/** The first page's words on a notebook that shows this answer. */
function findingOf(answer: string): string {
  const data = { 'text/markdown': answer }
  const notebook = executed([
    { cell_type: 'markdown', id: 'q', metadata: {}, source: '# How many?' },
    {
      cell_type: 'code',
      id: 'c',
      metadata: {},
      source: '',
      execution_count: 1,
      outputs: [{ output_type: 'display_data', data, metadata: {} }],
    },
  ])
  const tools = { anchors: createAnchors([]), highlight: (code: string) => code, numbering: undefined as never }
  return findingsSection([{ id: 'n', title: 'N', notebook }], () => 'n.html', tools).content
}

it('says of each notebook the answer’s first sentence, also where the answer is a list', () => {
  expect(findingOf(answerText('It takes 500 pairs.'))).toContain('<strong>Answer.</strong> It takes 500 pairs.</p>')
  expect(findingOf(answerText('It takes 500 pairs.', 'Two seeds say little.'))).toMatch(
    /<strong>Answer\.<\/strong> It takes 500 pairs\.<\/p>\n<\/li>/,
  )
  expect(findingOf('Nothing was tuned.\n\n- a list')).toContain('<p>Nothing was tuned.</p>\n</li>')
})
