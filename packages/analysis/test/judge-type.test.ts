import type { ModelRegistry } from '@judgelab/core'
import { expect, it } from 'vitest'
import { judgeType } from '../src/results/judge-type.js'

const entry = { label: 'M', provider: 'together', prices: {} } as const
const registry: ModelRegistry = {
  formatVersion: 1,
  models: [
    { ...entry, name: 'open-model', aliases: ['open-model-2026'], open: true },
    { ...entry, name: 'closed-model', open: false },
  ],
}
const study = {
  judges: [{ name: 'oss', model: 'open-model' }],
  tuning: [{ name: 'oss+dpo', base: 'oss' }],
}
const typeOf = (judged: object) => judgeType(judged as never, study as never, registry)
const asks = (provider: string, model: string) => ({ name: 'j', kind: 'judge', asks: { provider, model } })

it('says what stands behind a judge', () => {
  expect(typeOf(asks('together', 'open-model'))).toBe('open')
  expect(typeOf(asks('together', 'open-model-2026'))).toBe('open')
  expect(typeOf(asks('openai', 'closed-model'))).toBe('closed')
  expect(typeOf(asks('openai', 'another'))).toBe('not known')
  expect(typeOf(asks('replay', 'closed-model'))).toBe('recorded')
  expect(typeOf(asks('local', 'linear'))).toBe('local')
  expect(typeOf({ ...asks('local', 'longer'), kind: 'control' })).toBe('null baseline')
  expect(typeOf({ name: 'p', kind: 'panel', panel: { members: [] } })).toBe('panel')
})

it('takes what tuning made for what it was made of', () => {
  expect(typeOf({ ...asks('together', 'somebody/open-model-ft-1'), name: 'oss+dpo', kind: 'tuned' })).toBe('open')
})
