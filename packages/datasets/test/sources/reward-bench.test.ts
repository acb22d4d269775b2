import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toJsonl } from '@judgelab/core'
import { hubSettings, loadRewardBench, loadRewardBench2 } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { hubServers } from '../hub/hub-server.js'
import { temporaryFolders, write } from '../support/temporary-folder.js'
import { writeParquet } from '../support/write-parquet.js'

const newFolder = temporaryFolders()
const startServer = hubServers()

/** The columns of the dataset card, with the types of its Parquet file. */
const REWARD_BENCH_2_TYPES = {
  id: 'VARCHAR',
  prompt: 'VARCHAR',
  chosen: 'VARCHAR[]',
  rejected: 'VARCHAR[]',
  num_correct: 'BIGINT',
  num_incorrect: 'BIGINT',
  total_completions: 'BIGINT',
  models: 'VARCHAR[]',
  subset: 'VARCHAR',
  additional_metadata:
    'STRUCT(category VARCHAR, correct VARCHAR, index DOUBLE, instruction_id_list VARCHAR[], label VARCHAR, method VARCHAR, models VARCHAR[], prompt_norm VARCHAR, subcategory VARCHAR, valid DOUBLE)',
}

const METADATA = {
  category: null,
  correct: null,
  index: null,
  instruction_id_list: null,
  label: null,
  method: null,
  models: null,
  prompt_norm: null,
  subcategory: null,
  valid: null,
}

const ROWS_2 = [
  {
    id: '0',
    prompt: 'Who wrote “Middlemarch”?\nOne name.',
    chosen: ['George Eliot'],
    rejected: ['Jane Austen', '', 'George Sand'],
    num_correct: 1,
    num_incorrect: 3,
    total_completions: 4,
    models: ['m1', 'm2', 'm3', 'm4'],
    subset: 'Factuality',
    additional_metadata: { ...METADATA, correct: 'yes', index: 12, valid: 1.5, models: ['a', 'b'] },
  },
  {
    id: 'ref:3',
    prompt: 'Name the even prime.',
    chosen: ['2'],
    rejected: ['3', '4'],
    num_correct: 1,
    num_incorrect: 2,
    total_completions: 3,
    models: ['m1'],
    subset: 'Ties',
    additional_metadata: METADATA,
  },
  {
    id: 'tied:3',
    prompt: 'Name a prime below 6.',
    chosen: ['2', '3', '5'],
    rejected: ['4'],
    num_correct: 3,
    num_incorrect: 1,
    total_completions: 4,
    models: ['m1'],
    subset: 'Ties',
    additional_metadata: { ...METADATA, instruction_id_list: ['x', 'y'] },
  },
]

describe('loadRewardBench2', () => {
  it.each(['snappy', 'zstd', 'gzip', 'lz4_raw', 'uncompressed'] as const)(
    'reads the published Parquet columns (%s)',
    async (codec) => {
      const file = await writeParquet(ROWS_2, REWARD_BENCH_2_TYPES, join(newFolder(), 'test.parquet'), codec)
      const { examples, name, synthetic, report } = await loadRewardBench2({ path: file })
      expect([name, synthetic]).toEqual(['RewardBench 2', false])
      expect(examples[0]).toEqual({
        v: 1,
        id: '0',
        subset: 'Factuality',
        prompt: 'Who wrote “Middlemarch”?\nOne name.',
        responses: [
          { text: 'George Eliot', model: 'm1' },
          { text: 'Jane Austen', model: 'm2' },
          { text: '', model: 'm3' },
          { text: 'George Sand', model: 'm4' },
        ],
        chosen: [0],
        metadata: {
          num_correct: 1,
          num_incorrect: 3,
          total_completions: 4,
          additional_metadata: { ...METADATA, correct: 'yes', index: 12, valid: 1.5, models: ['a', 'b'] },
        },
      })
      expect(examples[2]?.chosen).toEqual([0, 1, 2])
      expect(report).toMatchObject({ rows: 3, skipped: {}, notes: { 'empty-rejected': 1 } })
    },
  )

  it('says which Ties belong together, and keeps models that do not name one a response', async () => {
    const path = write(toJsonl(ROWS_2), newFolder(), 'test.jsonl')
    const { examples } = await loadRewardBench2({ path })
    expect(examples.map(({ metadata }) => metadata.siblings)).toEqual([undefined, 'ties:3', 'ties:3'])
    expect(examples[1]?.metadata.models).toEqual(['m1'])
    expect(examples[1]?.responses[0]).toEqual({ text: '2' })
  })

  it('gives the same examples from JSONL, Parquet, a folder and the Hub, whose commit and bytes it names', async () => {
    const folder = newFolder()
    const name = 'data/test-00000-of-00001.parquet'
    const file = await writeParquet(ROWS_2, REWARD_BENCH_2_TYPES, join(folder, name))
    const commit = 'c'.repeat(40)
    const server = await startServer({
      repository: 'allenai/reward-bench-2',
      commit,
      files: { [name]: readFileSync(file), 'README.md': Buffer.from('#') },
    })
    const hub = { settings: hubSettings({ HF_ENDPOINT: server.url, HF_HOME: newFolder() }), backoffMs: 1 }
    const fetched = await loadRewardBench2({ hub })
    const local = await Promise.all([
      loadRewardBench2({ path: file }),
      loadRewardBench2({ path: folder }),
      loadRewardBench2({ path: join(folder, 'data') }),
      loadRewardBench2({ path: write(toJsonl(ROWS_2), newFolder(), 'test.jsonl') }),
    ])
    expect(new Set([fetched, ...local].map(({ fingerprint }) => fingerprint)).size).toBe(1)
    expect(fetched.origin).toMatchObject({ repository: 'allenai/reward-bench-2', revision: commit, files: [{ name }] })
    expect(fetched.about).toContain('revision cccccccccccc')
    expect(local[0].origin).toBeUndefined()
  })

  it('reads row groups in order', async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => ({ ...ROWS_2[0], id: String(at), prompt: `Question ${at}?` }))
    const path = await writeParquet(rows, REWARD_BENCH_2_TYPES, join(newFolder(), 'test.parquet'), 'snappy', 2048)
    const { examples } = await loadRewardBench2({ path })
    expect(examples.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
  })

  it('names file, row and field of what is wrong', async () => {
    const rows = [ROWS_2[0], { ...ROWS_2[1], num_incorrect: 4 }, { ...ROWS_2[2], chosen: null }]
    const path = await writeParquet(rows as object[], REWARD_BENCH_2_TYPES, join(newFolder(), 'test.parquet'))
    await expect(loadRewardBench2({ path })).rejects.toThrow(
      /test\.parquet#1: num_incorrect: expected 2, the number of texts, found 4\n {2}.*test\.parquet#2: chosen: expected a list of at least one text, found null\n {2}2 problems in all/,
    )
    const { examples, report } = await loadRewardBench2({ path, problems: 'report' })
    expect(examples.map(({ id }) => id)).toEqual(['0'])
    expect(report).toMatchObject({ rows: 3, skipped: { malformed: 2 } })
  })

  it.each([
    ['no Parquet', 'PAR1 is not enough', 'expected a Parquet file, found something else'],
    ['cut short', undefined, 'expected a Parquet file, found something else'],
  ])('refuses a file that is %s', async (_, text, message) => {
    const folder = newFolder()
    const whole = await writeParquet(ROWS_2, REWARD_BENCH_2_TYPES, join(folder, 'whole.parquet'))
    const path = write(text ?? readFileSync(whole, 'latin1').slice(0, -200), folder, 'test.parquet')
    await expect(loadRewardBench2({ path })).rejects.toThrow(message)
  })

  it('says what a folder lacks', async () => {
    await expect(loadRewardBench2({ path: newFolder() })).rejects.toThrow(
      'expected files like ^data\\/test-.*\\.parquet$, found none',
    )
    await expect(loadRewardBench2({ path: join(newFolder(), 'none') })).rejects.toThrow(
      'expected a file or folder, found none',
    )
  })
})

const REWARD_BENCH_TYPES = {
  prompt: 'VARCHAR',
  chosen: 'VARCHAR',
  chosen_model: 'VARCHAR',
  rejected: 'VARCHAR',
  rejected_model: 'VARCHAR',
  subset: 'VARCHAR',
  id: 'BIGINT',
}

describe('loadRewardBench', () => {
  it('reads the published Parquet columns: ids by subset, sections, who wrote what', async () => {
    const row = {
      prompt: 'Hi?',
      chosen: 'Hello.',
      chosen_model: 'gpt',
      rejected: 'Go away.',
      rejected_model: 'llama',
      subset: 'alpacaeval-easy',
      id: 0,
    }
    const rows = [
      row,
      { ...row, subset: 'math-prm', prompt: '1+1?', id: 0 },
      { ...row, subset: 'new', prompt: 'Ho?', id: 7 },
    ]
    const path = await writeParquet(rows, REWARD_BENCH_TYPES, join(newFolder(), 'filtered-00000-of-00001.parquet'))
    const { examples } = await loadRewardBench({ path })
    expect(examples[0]).toEqual({
      v: 1,
      id: 'alpacaeval-easy#0',
      subset: 'alpacaeval-easy',
      prompt: 'Hi?',
      responses: [
        { text: 'Hello.', model: 'gpt' },
        { text: 'Go away.', model: 'llama' },
      ],
      chosen: [0],
      metadata: { section: 'Chat' },
    })
    expect(examples.map(({ id, metadata }) => [id, metadata.section])).toEqual([
      ['alpacaeval-easy#0', 'Chat'],
      ['math-prm#0', 'Reasoning'],
      ['new#7', undefined],
    ])
  })

  it.each([
    [{ id: null }, 'id', 'expected a whole number, found null'],
    [{ chosen: null }, 'responses.0.text', 'expected a text, found null'],
    [{ prompt: 3 }, 'prompt', 'expected a text'],
  ])('refuses %j', async (change, field, message) => {
    const row = { prompt: 'Hi?', chosen: 'a', rejected: 'b', subset: 's', id: 1, ...change }
    const path = write(toJsonl([row]), newFolder(), 'rows.jsonl')
    await expect(loadRewardBench({ path })).rejects.toThrow(`rows.jsonl:1: ${field}: ${message}`)
  })
})
