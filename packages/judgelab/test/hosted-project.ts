import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Project } from '@judgelab/core'
import { smallProject } from './small-project.js'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
/** A machine of the emulator, and a study's words for it. */
export const HARDWARE = '1x_nvidia_h100_80gb_sxm'
export const ENDPOINT = `endpoint: { hardware: ${HARDWARE} }`
export const TOGETHER = `{ name: oss+dpo, base: oss, backend: together, learningRate: 0.000005, hosted: { ${ENDPOINT} } }`

/** The small study with a judge `oss` of Together's and these tunings, in a project that has the real prompts and registry. */
export function hostedProject(
  root: string,
  {
    tunings = [TOGETHER],
    judge = '',
  }: { readonly tunings?: readonly string[]; readonly judge?: string | undefined } = {},
): Project {
  const project = smallProject(root)
  cpSync(join(ROOT, 'prompts'), project.prompts, { recursive: true })
  cpSync(join(ROOT, 'data', 'models.json'), join(project.data, 'models.json'))
  const file = join(project.studies, 'small.yaml')
  const oss = `  - { name: oss, provider: together, model: openai/gpt-oss-120b${judge} }\n`
  const text = readFileSync(file, 'utf8')
    .replace('judges:\n', `judges:\n${oss}`)
    .replace(
      'contrasts:\n',
      `${tunings.map((tuning) => `  - ${tuning}\n`).join('')}contrasts:\n  - { judge: oss+dpo, against: oss }\n`,
    )
  writeFileSync(file, text)
  return project
}
