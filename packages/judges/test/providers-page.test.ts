import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { settingNames, type Way } from '../src/index.js'

const page = readFileSync(new URL('../../../docs/providers.md', import.meta.url), 'utf8')
const WAYS: readonly Way[] = [
  { provider: 'openai', api: 'chat' },
  { provider: 'openai', api: 'responses' },
  { provider: 'together', api: 'chat' },
  { provider: 'openai-compatible', api: 'chat' },
]

describe('docs/providers.md', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| (yes|no) \| (yes|no) \| (yes|no) \| (yes|no) \|/gm)]

  it.each(WAYS.map((way, at) => [way.provider, way.api, at] as const))(
    'lists the settings of %s, %s',
    (provider, api, at) => {
      const listed = rows.filter((row) => row[at + 2] === 'yes').map(([, name]) => name)
      expect(listed).toEqual(settingNames({ provider, api }))
    },
  )
})
