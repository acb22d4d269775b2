import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Project, projectAt, toJsonl } from '@judgelab/core'

/** What a test may choose of the small study. */
export interface SmallStudy {
  readonly tieMargin?: number
  readonly epochs?: number
  readonly learningRate?: number
  readonly resamples?: number
  readonly ties?: 'wrong' | 'half' | 'excluded'
  readonly seed?: number
  readonly pairs?: 'grouped' | 'published'
  readonly orders?: 'both' | 'first'
  readonly rule?: string
}

/** A project with one study, `small`, over 60 examples of its own, in the field names of RewardBench 2. */
export function smallProject(root: string, chosen: SmallStudy = {}): Project {
  const project = projectAt(root)
  mkdirSync(project.studies, { recursive: true })
  mkdirSync(project.data, { recursive: true })
  writeFileSync(join(project.data, 'small.jsonl'), toJsonl(rows()))
  writeStudy(project, chosen)
  return project
}

export function writeStudy(project: Project, chosen: SmallStudy = {}): void {
  writeFileSync(join(project.studies, 'small.yaml'), studyText(chosen))
}

/** Sums and capitals: 20 examples a subset, with one right answer, or two in Ties, and two wrong ones. */
function rows(): object[] {
  return ['Math', 'Focus', 'Ties'].flatMap((subset, of) =>
    Array.from({ length: 20 }, (_, at) => {
      const [a, b] = [3 + at * 7 + of, 11 + at * 5]
      const chosen = [
        `${a} + ${b} = ${a + b}.`,
        ...(subset === 'Ties' ? [`The sum of ${a} and ${b} is ${a + b}.`] : []),
      ]
      const rejected = [`${a} + ${b} = ${a + b + 1}.`, `I am sorry, I cannot add ${a} and ${b} for you today, I think.`]
      return {
        id: subset === 'Ties' ? `${at % 2 === 0 ? 'ref' : 'tied'}:${at >> 1}` : `${subset}-${at}`,
        prompt: `What is ${a} + ${b}? Answer in one sentence.`,
        chosen,
        rejected,
        num_correct: chosen.length,
        num_incorrect: rejected.length,
        subset,
      }
    }),
  )
}

function studyText(chosen: SmallStudy): string {
  const { tieMargin = 0.05, epochs = 2, learningRate = 1, resamples = 200 } = chosen
  const { ties = 'wrong', seed = 42, pairs = 'grouped', orders = 'both', rule = 'consistent' } = chosen
  return `version: 1
name: small
title: A small study
question: Does it run?
benchmark: { source: builtin, path: data/small.jsonl }
split: { method: together-2026, seed: ${seed}, trainSize: 40, testSize: 12 }
evaluation: { ties: ${ties}, orders: ${orders}, rule: ${rule} }
judges:
  - { name: linear, label: Linear, provider: local, model: linear, settings: { tieMargin: ${tieMargin} } }
  - { name: longer, label: Longer, provider: local, model: longer, control: true }
  - { name: random, label: Random, provider: local, model: random, control: true, settings: { seed: 7 } }
pairs: { split: ${pairs}, seed: 42, shuffles: 1, validation: 0.2 }
tuning:
  - { name: linear+dpo, label: Linear + DPO, base: linear, epochs: ${epochs}, batchSize: 8, learningRate: ${learningRate} }
contrasts:
  - { judge: linear+dpo, against: linear }
statistics: { resamples: ${resamples} }
`
}

/** The study with other words in one place. @throws {Error} where they do not stand in it */
export function changed(project: Project, from: string, to: string): Project {
  const file = join(project.studies, 'small.yaml')
  const text = readFileSync(file, 'utf8')
  if (!text.includes(from)) throw new Error(`expected "${from}" in ${file}`)
  writeFileSync(file, text.replace(from, to))
  return project
}

/** The project with the judging prompts of the repository. */
export function withPrompts(project: Project): Project {
  cpSync(fileURLToPath(new URL('../../../prompts', import.meta.url)), project.prompts, { recursive: true })
  return project
}
