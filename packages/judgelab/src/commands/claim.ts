import { readFile } from 'node:fs/promises'
import { basename, relative, resolve } from 'node:path'
import {
  type ClaimResult,
  claimContrastTable,
  claimJudgeTable,
  claimPlanningTable,
  claimResult,
  claimSubsetTable,
  claimTieTable,
} from '@judgelab/analysis'
import { type Claim, ConfigError, digestText, parseClaim, saveText } from '@judgelab/core'
import {
  claimPage,
  claimProblemSentence,
  claimSentence,
  claimSubsetSentence,
  claimTieSentence,
  textTable,
} from '@judgelab/report'
import { type ClaimFlags, claimFromFlags, commandOf } from './claim-flags.js'

/** Options of `claim`. */
export interface ClaimOptions extends ClaimFlags {
  readonly json?: boolean | undefined
  /** The file that a one-page report goes to. */
  readonly report?: string | undefined
}

/** `judgelab claim`: what a published comparison can and cannot support. Returns true when nothing in it is impossible. */
export async function claimCommand(file: string | undefined, options: ClaimOptions): Promise<boolean> {
  const { claim, provenance } = await claimOf(file, options)
  const result = claimResult(claim)
  if (options.report !== undefined) {
    const page = await claimPage(result, { reproduce: commandOf(file, options), provenance })
    await saveText(resolve(options.report), page)
  }
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : claimText(result, options.report))
  return result.problems.length === 0
}

async function claimOf(
  file: string | undefined,
  flags: ClaimFlags,
): Promise<{ claim: Claim; provenance: { label: string; value: string }[] }> {
  if (file === undefined) return { claim: claimFromFlags(flags), provenance: [] }
  const given = (['a', 'b', 'n', 'subset', 'labelA', 'labelB', 'level'] as const).find(
    (flag) => flags[flag] !== undefined,
  )
  if (given !== undefined)
    throw new ConfigError('expected a claim file or the figures themselves, found both', `--${given.toLowerCase()}`)
  const text = await readFile(resolve(file), 'utf8').catch((cause: unknown) => {
    throw new ConfigError('expected a claim file, found no readable file', file, { cause })
  })
  const value = `${basename(file)}, SHA-256 ${digestText(text).slice(0, 16)}`
  return { claim: parseClaim(text, file), provenance: [{ label: 'Claim file', value }] }
}

function claimText(full: ClaimResult, report: string | undefined): string {
  const result = { ...full, source: null }
  const width = process.stdout.columns ? { width: process.stdout.columns } : {}
  const [first, ...others] = result.contrasts
  const parts = [
    `${full.title}${full.source === null ? '' : `\n${full.source}`}\n`,
    textTable(claimJudgeTable(result), width),
    ...result.problems.map((problem) => `${claimProblemSentence(result, problem)}\n`),
    ...(first === undefined ? [] : [textTable(claimContrastTable(result), width)]),
    ...result.contrasts.map((contrast) => `${claimSentence(result, contrast)}\n`),
    ...(first === undefined ? [] : [textTable(claimPlanningTable(result, first), width)]),
    ...(first === undefined || first.subsets.length === 0
      ? []
      : [textTable(claimSubsetTable(result, first), width), `${claimSubsetSentence(result, first)}\n`]),
    ...(result.judges.some(({ half }) => half !== null)
      ? [textTable(claimTieTable(result), width), `${claimTieSentence(result)}\n`]
      : []),
    ...(others.length > 0
      ? ['Sizes and subsets of the first comparison; --report and --json have those of all.\n']
      : []),
    ...(report === undefined ? [] : [`Report: ${relative(process.cwd(), resolve(report))}\n`]),
  ]
  return `\n${parts.join('\n')}`
}
