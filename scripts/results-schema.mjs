/**
 * Writes docs/results.schema.json, the JSON Schema of reports/<study>/results.json, from the TypeScript type of the
 * results: `node scripts/results-schema.mjs`. With `--check` it writes nothing, and exits with 1 where the file is not what
 * the type says, or the results of a study that was run here are not what the file says.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { createGenerator } from 'ts-json-schema-generator'

const root = new URL('../', import.meta.url)
const file = fileURLToPath(new URL('docs/results.schema.json', root))
const text = `${JSON.stringify(resultsSchema(), null, 2)}\n`
if (process.argv.includes('--check')) check()
else writeFileSync(file, text)

function check() {
  if (readFileSync(file, 'utf8') !== text)
    fail('docs/results.schema.json is not what the types say: node scripts/results-schema.mjs writes it')
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(text))
  const reports = fileURLToPath(new URL('reports', root))
  const found = readdirSync(reports)
    .map((study) => join(reports, study, 'results.json'))
    .filter((path) => existsSync(path))
  for (const path of found) {
    const isValid = validate(JSON.parse(readFileSync(path, 'utf8')))
    if (!isValid) for (const { instancePath, message } of validate.errors) fail(`${path}${instancePath}: ${message}`)
    console.log(`${isValid ? 'ok    ' : 'FAILED'} ${path}`)
  }
}

function fail(message) {
  console.error(message)
  process.exitCode = 1
}

function resultsSchema() {
  const generator = createGenerator({
    path: fileURLToPath(new URL('packages/analysis/src/results/study-results.ts', root)),
    tsconfig: fileURLToPath(new URL('tsconfig.json', root)),
    type: 'StudyResults',
    additionalProperties: false,
    skipTypeCheck: true,
    topRef: true,
  })
  const schema = generator.createSchema('StudyResults')
  return { $id: 'results.schema.json', title: 'Results of a judgelab study', ...schema }
}
