import { readFileSync } from 'node:fs'
import { digest, type Example, toJsonl } from '@judgelab/core'
import {
  createExampleInspector,
  createProblemLog,
  type DataReport,
  LONG_RESPONSE,
  loadFile,
  loadRewardBench2,
  NOTE_KINDS,
  SKIP_KINDS,
} from '@judgelab/datasets'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { temporaryFolders, write } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()
const COLUMNS = { id: 'id', prompt: 'p', chosen: 'c', rejected: 'r' }

interface Pair {
  readonly p?: unknown
  readonly c?: unknown
  readonly r?: unknown
}

/** What comes of a researcher's own pairs, and of the same pairs as somebody published them. */
async function read(
  ...pairs: readonly Pair[]
): Promise<{ own: DataReport; published: DataReport; examples: readonly Example[] }> {
  const rows = pairs.map((pair, at) => ({ id: `e${at}`, p: 'Why?', c: 'yes', r: 'no', ...pair }))
  const sound = { id: 'sound', p: 'A sound one?', c: 'fine', r: 'wrong' }
  const own = await loadFile({
    path: write(toJsonl([sound, ...rows]), newFolder(), 'own.jsonl'),
    columns: COLUMNS,
    problems: 'report',
  })
  const theirs = [sound, ...rows].map(({ id, p, c, r }) => ({
    id,
    prompt: p,
    chosen: [c].flat(),
    rejected: [r].flat(),
    subset: 's',
  }))
  const published = await loadRewardBench2({
    path: write(toJsonl(theirs), newFolder(), 'theirs.jsonl'),
    problems: 'report',
  })
  return {
    own: own.report as DataReport,
    published: published.report as DataReport,
    examples: published.examples.slice(1),
  }
}

describe('oddities of content: left out of one’s own data, noted and kept in what somebody published', () => {
  it.each([
    ['identical-responses', [{ c: 'same', r: 'same' }]],
    ['identical-responses', [{ c: ['a', 'same'], r: ['b', 'same'] }]],
    ['empty-chosen', [{ c: '' }]],
    ['empty-chosen', [{ c: ' \n\t\u00a0\u3000' }]],
    ['empty-chosen', [{ c: ['a', ''] }]],
    ['empty-prompt', [{ p: '' }]],
    ['empty-prompt', [{ p: ' \r\n ' }]],
    ['duplicate', [{}, {}]],
    [
      'duplicate',
      [
        { c: ['a', 'b'], r: ['x', 'y'] },
        { c: ['b', 'a'], r: ['y', 'x'] },
      ],
    ],
    ['contradictory-label', [{}, { c: 'no', r: 'yes' }]],
    [
      'contradictory-label',
      [
        { c: ['a', 'b'], r: ['x', 'y'] },
        { c: 'y', r: 'b' },
      ],
    ],
  ] as const)('%s: %j', async (kind, pairs) => {
    const { own, published, examples } = await read(...(pairs as readonly Pair[]))
    expect(own.skipped).toEqual({ [kind]: 1 })
    expect(published.skipped).toEqual({})
    expect(published.notes[kind]).toBe(1)
    expect(examples).toHaveLength(pairs.length)
  })

  it('duplicates with the sides swapped', async () => {
    const rows = [
      { q: 'Why?', a: 'yes', b: 'no', winner: 'A' },
      { q: 'Why?', a: 'no', b: 'yes', winner: 'B' },
      { q: 'Why?', a: 'no', b: 'yes', winner: 'A' },
    ]
    const columns = { prompt: 'q', responses: ['a', 'b'], label: 'winner' }
    const path = write(toJsonl(rows), newFolder(), 'own.jsonl')
    const { report } = await loadFile({ path, columns, problems: 'report' })
    expect(report?.skipped).toEqual({ 'swapped-duplicate': 1, 'contradictory-label': 1 })
    expect(report?.problems.map(({ message }) => message)).toEqual([
      'expected a comparison that occurs once, found the same prompt, responses and label with the sides swapped as in row 1',
      'expected one label for one comparison, found the opposite one as in row 1',
    ])
  })

  it('the same responses to another prompt are another comparison', async () => {
    const { own } = await read({}, { p: 'How?' }, { p: 'How?', c: 'yes', r: 'never' }, { p: 'Whyy', c: 'es', r: 'no' })
    expect(own.skipped).toEqual({})
  })
})

describe('oddities that are kept and noted', () => {
  it.each([
    ['empty-rejected', { r: '' }],
    ['empty-rejected', { r: ['x', ' \n'] }],
    ['repeated-response', { r: ['x', 'y', 'x'] }],
    ['nul-character', { c: 'a\u0000b' }],
    ['control-characters', { p: 'ring \u0007' }],
    ['control-characters', { r: 'next\u0085line' }],
    ['control-characters', { r: 'delete \u007f' }],
    ['carriage-return', { c: 'one\r\ntwo' }],
    ['carriage-return', { c: 'one\rtwo' }],
    ['line-separator', { c: 'one\u2028two' }],
    ['line-separator', { p: 'one\u2029two' }],
    ['formula-like', { c: '=1+1' }],
    ['formula-like', { p: '=HYPERLINK("x")' }],
    ['long-response', { c: 'x'.repeat(500_000) }],
    ['long-response', { r: '語'.repeat(LONG_RESPONSE) }],
  ] as const)('%s', async (kind, pair) => {
    const { own, published, examples } = await read(pair)
    for (const report of [own, published]) {
      expect(report.skipped).toEqual({})
      expect(report.notes).toEqual({ [kind]: 1 })
    }
    const { p = 'Why?', c = 'yes', r = 'no' } = pair as Pair
    expect([examples[0]?.prompt, ...(examples[0]?.responses.map(({ text }) => text) ?? [])]).toEqual([p, c, r].flat())
  })

  it.each([
    ['tabs and newlines', { c: 'a\tb\nc' }],
    ['emoji, which are pairs of surrogates', { c: '👍🏽 done', p: '👍' }],
    ['a byte order mark inside', { c: 'a\uFEFFb' }],
    ['100 characters less than long', { c: 'x'.repeat(LONG_RESPONSE - 100) }],
  ])('%s are nothing to note', async (_, pair) => {
    const { own } = await read(pair)
    expect([own.skipped, own.notes]).toEqual([{}, {}])
  })

  it('are found at every place of a text', async () => {
    const texts = Array.from({ length: 9 }, (_, at) => `${'x'.repeat(at)}\u0000${'y'.repeat(8 - at)}`)
    const { own } = await read(...texts.map((c) => ({ c })))
    expect([own.skipped, own.notes]).toEqual([{}, { 'nul-character': 9 }])
  })

  it('notes an example once for each kind, whatever its texts hold', async () => {
    const { own } = await read({ p: '\r\u0000', c: '\r\u0000!', r: '\r=' }, { c: '=', r: '=\r' })
    expect(own.notes).toEqual({ 'nul-character': 1, 'carriage-return': 2, 'formula-like': 1 })
  })
})

describe('oddities that are normalised', () => {
  it('a lone surrogate becomes U+FFFD, as any UTF-8 writer would make it, with a note', async () => {
    const { own, published, examples } = await read({ p: 'a\ud800b', c: '\udc00', r: '👍\ud83d' })
    expect([own.notes, published.notes]).toEqual([{ 'lone-surrogate': 1 }, { 'lone-surrogate': 1 }])
    expect(examples[0]?.prompt).toBe('a\ufffdb')
    expect(examples[0]?.responses.map(({ text }) => text)).toEqual(['\ufffd', '👍\ufffd'])
    const text = JSON.stringify(examples[0])
    expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text)
  })

  it('keeps roles and models when it does so', () => {
    const log = createProblemLog('strict')
    const example: Example = {
      v: 1,
      id: 'e',
      subset: 's',
      prompt: [{ role: 'user', content: '\ud800' }],
      responses: [{ text: 'a', model: 'm' }, { text: 'b\udfff' }],
      chosen: [0],
      metadata: {},
    }
    expect(createExampleInspector(log, 'own')(example, { file: 'f' }, 0)).toEqual({
      ...example,
      prompt: [{ role: 'user', content: '\ufffd' }],
      responses: [{ text: 'a', model: 'm' }, { text: 'b\ufffd' }],
    })
  })

  it('lone surrogates in id, subset, models and metadata, its keys too, become U+FFFD with one note', () => {
    const log = createProblemLog('report')
    const example: Example = {
      v: 1,
      id: 'e\ud800',
      subset: '\udc00s',
      prompt: 'Why?',
      responses: [{ text: 'a', model: '\ud83dm' }, { text: 'b' }],
      chosen: [0],
      metadata: { 'k\ud800': ['👍', { 'in\udfff': '\udfff', n: 1, none: null }] },
    }
    expect(createExampleInspector(log, 'own')(example, { file: 'f' }, 0)).toEqual({
      ...example,
      id: 'e\ufffd',
      subset: '\ufffds',
      responses: [{ text: 'a', model: '\ufffdm' }, { text: 'b' }],
      metadata: { 'k\ufffd': ['👍', { 'in\ufffd': '\ufffd', n: 1, none: null }] },
    })
    expect(log.report().notes).toEqual({ 'lone-surrogate': 1 })
  })
})

describe('ids', () => {
  it('that differ in nothing but lone surrogates collide', async () => {
    const rows = ['x\ud800', 'x\udfff'].map((id, at) => ({ id, p: `${at}?`, c: 'yes', r: 'no' }))
    const path = write(toJsonl(rows), newFolder(), 'own.jsonl')
    await expect(loadFile({ path, columns: COLUMNS })).rejects.toThrow(
      'own.jsonl:2: id: expected an id that occurs once, found "x\ufffd" as in row 1',
    )
  })

  it('that collide are refused whosever the data are', async () => {
    const row = { id: 'x', prompt: 'p', chosen: ['a'], rejected: ['b'], subset: 's' }
    const path = write(toJsonl([row, { ...row, prompt: 'q' }]), newFolder(), 'theirs.jsonl')
    await expect(loadRewardBench2({ path })).rejects.toThrow(
      'theirs.jsonl:2: id: expected an id that occurs once, found "x" as in row 1',
    )
    expect((await loadRewardBench2({ path, problems: 'report' })).report?.skipped).toEqual({ 'id-collision': 1 })
  })
})

describe('createExampleInspector', () => {
  /** The same questions asked slowly: texts compared with texts. */
  function slowKinds(examples: readonly Example[]): (string | undefined)[] {
    const contents = new Map<string, number>()
    const preferred = new Set<string>()
    return examples.map(({ prompt, responses, chosen }) => {
      const texts = responses.map(({ text }) => text)
      const right = texts.filter((_, at) => chosen.includes(at))
      const wrong = texts.filter((_, at) => !chosen.includes(at))
      if (String(prompt).trim() === '') return 'empty-prompt'
      if (right.some((text) => text.trim() === '')) return 'empty-chosen'
      if (right.some((text) => wrong.includes(text))) return 'identical-responses'
      const key = digest([prompt, right.toSorted(), wrong.toSorted()])
      const before = contents.get(key)
      if (before !== undefined) return texts.length === 2 && before !== chosen[0] ? 'swapped-duplicate' : 'duplicate'
      contents.set(key, chosen[0] as number)
      const pairs = right.flatMap((a) => wrong.map((b) => [a, b] as const))
      const isOpposite = pairs.some(([a, b]) => preferred.has(digest([prompt, b, a])))
      for (const [a, b] of pairs) preferred.add(digest([prompt, a, b]))
      return isOpposite ? 'contradictory-label' : undefined
    })
  }

  it('finds what a slow comparison of texts finds', () => {
    const text = fc.constantFrom('', ' ', 'a', 'b', 'ab', 'ba', 'abc', 'ü', '\u0000')
    const example = fc
      .record({ prompt: text, texts: fc.array(text, { minLength: 2, maxLength: 4 }), right: fc.nat({ max: 3 }) })
      .map(({ prompt, texts, right }) => ({
        prompt,
        responses: texts.map((held) => ({ text: held })),
        chosen: [right % texts.length],
      }))
    fc.assert(
      fc.property(fc.array(example, { maxLength: 30 }), (drafts) => {
        const examples = drafts.map(
          (draft, at): Example => ({ v: 1, id: `e${at}`, subset: 's', metadata: {}, ...draft }),
        )
        const log = createProblemLog('report')
        const inspect = createExampleInspector(log, 'own')
        const kept = examples.map((held, row) => inspect(held, { file: 'f' }, row) !== undefined)
        const kinds = slowKinds(examples)
        expect(kept).toEqual(kinds.map((kind) => kind === undefined))
        const { skipped } = log.report()
        for (const kind of SKIP_KINDS)
          expect(skipped[kind] ?? 0, kind).toBe(kinds.filter((held) => held === kind).length)
      }),
      { numRuns: 400, seed: 42 },
    )
  })

  it('tells 200,000 near-identical ids and texts apart', () => {
    const log = createProblemLog('report')
    const inspect = createExampleInspector(log, 'own')
    for (let at = 0; at < 200_000; at++) {
      const responses = [{ text: `${at}` }, { text: `${at + 1}` }]
      inspect(
        { v: 1, id: String(at), subset: 's', prompt: 'p', responses, chosen: [0], metadata: {} },
        { file: 'f' },
        at,
      )
    }
    expect(log.report().skipped).toEqual({})
  })
})

describe('docs/benchmarks.md', () => {
  it('lists every kind of problem and note', () => {
    const page = readFileSync(new URL('../../../../docs/benchmarks.md', import.meta.url), 'utf8')
    for (const kind of [...SKIP_KINDS, ...NOTE_KINDS]) expect(page).toContain(`\`${kind}\``)
  })
})
