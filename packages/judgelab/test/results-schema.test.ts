import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { expect, it } from 'vitest'
import { loadStudy, runStudy } from '../src/index.js'
import { recordedProgress } from './recorded-progress.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const SCHEMA = fileURLToPath(new URL('../../../docs/results.schema.json', import.meta.url))
const read = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>

/** Where this fails after a change of the results: `node scripts/results-schema.mjs` writes the schema from the types. */
it('writes results that docs/results.schema.json describes, and nothing else', async () => {
  const project = smallProject(newFolder())
  const signal = new AbortController().signal
  await runStudy(await loadStudy('small', project.root), { ...recordedProgress(), signal, withReport: false })
  const results = read(join(project.reports, 'small', 'results.json'))
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(read(SCHEMA))
  validate(results)
  expect(validate.errors).toBeNull()
  expect(validate({ ...results, surplus: 1 })).toBe(false)
  expect(validate({ ...results, judges: undefined })).toBe(false)
})
