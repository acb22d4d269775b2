import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { listedFiles, saveReport } from '../../src/index.js'

const folder = mkdtempSync(join(tmpdir(), 'report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('writes a report’s files, and takes away those of the report before, and no others', async () => {
  writeFileSync(join(folder, 'results.json'), '{}')
  await saveReport(folder, [
    { path: 'index.html', content: 'a' },
    { path: 'tables/table-1.csv', content: 'b' },
  ])
  await saveReport(folder, [{ path: 'index.html', content: 'c' }])
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('c')
  expect(existsSync(join(folder, 'tables', 'table-1.csv'))).toBe(false)
  expect(existsSync(join(folder, 'results.json'))).toBe(true)
  expect(await listedFiles(folder)).toEqual(['index.html', 'files.json'])
})

it('does not trust its list: nothing outside the folder is removed', async () => {
  const outside = join(folder, '..', 'outside.txt')
  writeFileSync(outside, 'x')
  writeFileSync(
    join(folder, 'files.json'),
    JSON.stringify({ files: ['../outside.txt', '/etc/passwd', 'a/../../b', 1] }),
  )
  expect(await listedFiles(folder)).toEqual([])
  await saveReport(folder, [])
  expect(existsSync(outside)).toBe(true)
  rmSync(outside)
})
