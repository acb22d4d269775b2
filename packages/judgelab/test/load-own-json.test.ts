import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadOwnJson } from '../src/study/load-own-json.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

it.each([
  ['{"formatVersion":1,"steps":[]}', undefined],
  ['{"formatVersion":1,"steps":{}}', 'steps: expected kind list, found object'],
  ['{"formatVersion":1}', 'steps: expected kind list, found nothing'],
  ['{"formatVersion":2,"steps":[]}', 'formatVersion: expected format version 1, found 2'],
  ['null', 'formatVersion: expected format version 1, found undefined'],
  ['{', 'expected JSON'],
])('reads %s as it must', async (text, message) => {
  const file = join(newFolder(), 'training.json')
  writeFileSync(file, text)
  const loaded = loadOwnJson(file, { steps: 'list' })
  if (message === undefined) expect(await loaded).toEqual(JSON.parse(text))
  else await expect(loaded).rejects.toThrow(message)
})

it('tells a missing file from one that cannot be read', async () => {
  const folder = newFolder()
  await expect(loadOwnJson(join(folder, 'none.json'), {})).rejects.toThrow('found none')
  await expect(loadOwnJson(folder, {})).rejects.toThrow('found an unreadable one (EISDIR')
})
