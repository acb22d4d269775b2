import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, saveJson } from '@judgelab/core'
import type { LoadedStudy } from './load-study.js'

/**
 * Notes in a study's artifacts which file the study is, so that another file of the same name does not write over them.
 *
 * @throws {ConfigError} naming both files, while the other one still stands
 */
export async function claimArtifacts({ study, project, file }: LoadedStudy): Promise<void> {
  const claim = join(project.artifacts, study.name, 'study.json')
  const owner = ownerIn(await readFile(claim, 'utf8').catch(() => ''))
  if (owner === file) return
  if (owner !== undefined && existsSync(join(project.root, owner)))
    throw new ConfigError(
      `expected a name of its own, found "${study.name}", which ${owner} has too: its artifacts and report would be overwritten`,
      `${file}: name`,
    )
  await saveJson(claim, { formatVersion: 1, file })
}

function ownerIn(text: string): string | undefined {
  try {
    const { file } = JSON.parse(text) as { file?: unknown }
    return typeof file === 'string' ? file : undefined
  } catch {
    return undefined
  }
}
