import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Claim, DatasetFormatError, findProject, type Project, parseClaim } from '@judgelab/core'

/**
 * A claim by the name of its file in data/published (`together-2026-02` for `together-2026-02.claim.yaml`), or by a path
 * from the project’s folder, which ends in `.yaml`.
 *
 * @throws {DatasetFormatError} if there is no readable file
 * @throws {ConfigError} naming file, line and column, if it is no claim
 */
export async function loadClaim(name: string, project: Project = findProject()): Promise<Claim> {
  const isPath = /\.ya?ml$/.test(name)
  const file = isPath ? resolve(project.root, name) : join(project.data, 'published', `${name}.claim.yaml`)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DatasetFormatError('expected a claim, found no readable file', { file }, { cause })
  })
  return parseClaim(text, file)
}
