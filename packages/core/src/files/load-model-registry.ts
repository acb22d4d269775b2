import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetFormatError } from '../errors.js'
import type { ModelRegistry } from '../formats/model-registry.js'
import { parseModelRegistry } from '../formats/parse.js'
import { parseJson } from './jsonl.js'
import type { Project } from './project.js'

/** The project's model registry, `data/models.json`. @throws {DatasetFormatError} if it is missing or malformed */
export async function loadModelRegistry(project: Project): Promise<ModelRegistry> {
  const file = join(project.data, 'models.json')
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DatasetFormatError('expected a model registry, found no readable file', { file }, { cause })
  })
  return parseModelRegistry(parseJson(text, { file }), { file })
}
