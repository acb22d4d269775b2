import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digestText } from '@judgelab/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openAnswerCache } from '../src/index.js'

describe('the cache of answers', () => {
  it('writes what waits when it is told to, and does not wait for more', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'judgelab-cache-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const cache = await openAnswerCache(folder)
    const [key, reply] = [digestText('a'), { body: { text: 'é' }, firstByteMs: 1, totalMs: 2 }]
    const put = cache.put(key, reply)
    expect([cache.get(key), cache.count()]).toEqual([reply, 0])
    let isWritten = false
    void put.then(() => {
      isWritten = true
    })
    await cache.flush()
    expect([isWritten, cache.count()]).toEqual([true, 1])
    await cache.flush()
    await cache.close()
    const again = await openAnswerCache(folder)
    expect(again.get(key)).toEqual(reply)
    await again.close()
  })
})
