import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Claim, DatasetFormatError, findProject, type Project, parseJson } from '@judgelab/core'

/** Where the published experiment is printed, for captions; its facts and their other sources stand in data/published/README.md. */
export const PUBLISHED_SOURCE = 'Together AI, article of 2026-02-02'

/** What was published of an experiment on judges: `data/published/<name>.json`. Percentages stand as they are printed. */
export interface PublishedExperiment {
  readonly about: string
  readonly benchmark: {
    readonly name: string
    readonly size: number
    readonly subsets: Readonly<Record<string, number>>
  }
  readonly split: {
    readonly seed: number
    readonly trainSize: number
    readonly testSize: number
    readonly train: Readonly<Record<string, number>>
    readonly test: Readonly<Record<string, number>>
    readonly trainTotal: number
    readonly testTotal: number
  }
  /** What is known of how judges were asked. */
  readonly protocol?: { readonly note?: string | undefined } | undefined
  readonly pairs: {
    readonly total: number
    readonly seed: number
    readonly shuffles: number
    readonly train: number
    readonly validation: number
    readonly trainBySubset: Readonly<Record<string, number>>
    readonly validationBySubset: Readonly<Record<string, number>>
  }
  readonly judges: readonly PublishedJudge[]
  readonly costBlend: { readonly inputTokens: number; readonly outputTokens: number }
  readonly results: readonly PublishedResult[]
}

/** Price and speed of one judge, USD per million tokens and output tokens per second. */
export interface PublishedJudge {
  readonly judge: string
  readonly name: string
  readonly inputPerMillion: number
  readonly outputPerMillion: number
  readonly tokensPerSecond: number
  /** How many times the first judge costs as much, and is as slow, as printed; null for the first one. */
  readonly publishedCostRatio: number | null
  readonly publishedSpeedRatio: string | null
}

/** What one judge said of the test comparisons. A judge `x+dpo` is `x` after tuning. */
export interface PublishedResult {
  readonly judge: string
  readonly chosenWins: number
  readonly rejectedWins: number
  readonly ties: number
  readonly n: number
  readonly accuracyPercent: number
  /** Absent where no figures by subset are published. */
  readonly correctBySubset?: Readonly<Record<string, number>> | undefined
}

const FIELDS = ['about', 'benchmark', 'split', 'pairs', 'judges', 'costBlend', 'results'] as const

/** A published experiment by the name of its file. @throws {DatasetFormatError} if it is missing, or lacks a part */
export async function loadPublishedExperiment(
  name: string,
  project: Project = findProject(),
): Promise<PublishedExperiment> {
  const file = join(project.data, 'published', `${name}.json`)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DatasetFormatError('expected a published experiment, found no readable file', { file }, { cause })
  })
  const value = parseJson(text, { file }) as Partial<PublishedExperiment> | null
  const missing = FIELDS.find((field) => value?.[field] === undefined)
  if (missing !== undefined)
    throw new DatasetFormatError('expected this part of a published experiment, found nothing', {
      file,
      field: missing,
    })
  return value as PublishedExperiment
}

/** The same, and null where there is no such file: most published comparisons stand in a claim file alone. */
export async function tryLoadPublishedExperiment(
  name: string,
  project: Project = findProject(),
): Promise<PublishedExperiment | null> {
  return existsSync(join(project.data, 'published', `${name}.json`)) ? loadPublishedExperiment(name, project) : null
}

/** A judge's name as the tables show it: `gpt-oss 120B + DPO`. */
export function publishedLabel({ judges }: PublishedExperiment, judge: string): string {
  const base = judge.replace(/\+dpo$/, '')
  const label = judges.find((held) => held.judge === base)?.name ?? base
  return base === judge ? label : `${label} + DPO`
}

/** The published results as a claim. @param contrasts who is said to be better than whom */
export function claimOfPublished(
  published: PublishedExperiment,
  {
    title,
    source,
    contrasts,
    level = 0.95,
  }: Pick<Claim, 'title' | 'source' | 'contrasts'> & { readonly level?: number },
): Claim {
  return {
    version: 1,
    title,
    source,
    n: published.split.testTotal,
    subsets: published.split.test,
    judges: published.results.map(({ judge, chosenWins, ties, correctBySubset }) => ({
      name: judge,
      label: publishedLabel(published, judge),
      correct: chosenWins,
      ties,
      ...(correctBySubset === undefined ? {} : { subsets: correctBySubset }),
    })),
    contrasts,
    level,
  }
}
