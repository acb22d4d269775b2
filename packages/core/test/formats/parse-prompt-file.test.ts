import { describe, expect, it } from 'vitest'
import { parsePromptFile } from '../../src/index.js'

const HEAD = `---
name: mine
mode: pairwise
output: [label, structured]
version: 2
source: a paper
description: What it is for.
---
`

/** The head with one line changed; without a new line, left out. */
function withHead(key: string, line?: string): string {
  const lines = HEAD.split('\n').flatMap((held) =>
    held.startsWith(`${key}:`) ? (line === undefined ? [] : [line]) : [held],
  )
  return `${lines.join('\n')}{{responses}}\n`
}

describe('parsePromptFile', () => {
  it('reads the head, and gives the text below it with its line', () => {
    expect(parsePromptFile(`${HEAD}\nBetter?\n---\n{{output}}\n`, 'p.md')).toEqual({
      name: 'mine',
      mode: 'pairwise',
      output: ['label', 'structured'],
      version: 2,
      source: 'a paper',
      description: 'What it is for.',
      body: '\nBetter?\n---\n{{output}}\n',
      bodyLine: 9,
    })
  })

  it('takes one output for a list of one, and lines that end as on Windows', () => {
    const file = parsePromptFile(`\uFEFF${withHead('output', 'output: logprobs')}`.replaceAll('\n', '\r\n'), 'p.md')
    expect(file).toMatchObject({ output: ['logprobs'], body: '{{responses}}\n' })
  })

  it.each([
    ['no head', '{{responses}}', 'p.md:1:1: expected a head in YAML between two lines ---, found none'],
    ['a head that does not end', '---\nname: mine\n', 'p.md:1:1: expected a head in YAML'],
    ['a head that begins later', `Hello\n${HEAD}x`, 'p.md:1:1: expected a head in YAML'],
    ['nothing below the head', `${HEAD}\n \n`, 'p.md: expected a text below the head, found none'],
    ['YAML that is none', withHead('mode', 'mode: [pairwise'), /^p\.md:\d+:\d+: not readable as YAML/],
    ['an alias to nothing', withHead('source', 'source: *there'), /^p\.md:\d+:\d+: not readable as YAML/],
    ['a list for a head', '---\n- a\n---\nx', 'p.md:2:1: expected an object, found ["a"]'],
    [
      'an unknown mode',
      withHead('mode', 'mode: pairwize'),
      'p.md:3:7: mode: expected one of pairwise, best-of-n, rating, classify, found "pairwize" (did you mean "pairwise"?)',
    ],
    [
      'an unknown key',
      withHead('source', 'sorce: a paper'),
      'p.md:6:1: sorce: unknown field "sorce" (did you mean "source"?)',
    ],
    ['a missing key', withHead('version'), 'p.md:2:1: version: expected a number, found nothing'],
    [
      'a version that is no number',
      withHead('version', 'version: v2'),
      'p.md:5:10: version: expected a number, found "v2"',
    ],
    [
      'an unknown output',
      withHead('output', 'output: [lable]'),
      'p.md:4:10: output.0: expected one of label, structured, logprobs, official, found "lable" (did you mean "label"?)',
    ],
    [
      'official beside others',
      withHead('output', 'output: [label, official]'),
      'p.md:4:9: output: expected official alone',
    ],
    [
      'official in a mode that has none',
      withHead('output', 'output: official'),
      'p.md:4:9: output: expected official only in modes best-of-n and rating',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => parsePromptFile(text, 'p.md')).toThrow(message)
  })
})
