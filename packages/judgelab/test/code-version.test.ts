import { describe, expect, it } from 'vitest'
import { codeVersion } from '../src/study/code-version.js'

describe('codeVersion', () => {
  it('is the same for the same packages in any order, and another one for others', async () => {
    const both = await codeVersion(['core', 'scoring'])
    expect(both).toMatch(/^[0-9a-f]{64}$/)
    expect(await codeVersion(['scoring', 'core'])).toBe(both)
    expect(await codeVersion(['core'])).not.toBe(both)
    expect(await codeVersion(['core', 'stats'])).not.toBe(both)
  })

  it('refuses a package that is not there', async () => {
    await expect(codeVersion(['nonesuch'])).rejects.toThrow('@judgelab/nonesuch')
  })
})
