import { existsSync } from 'node:fs'
import { basename, isAbsolute, relative, resolve } from 'node:path'
import {
  BENCHMARK_SOURCES,
  ConfigError,
  digest,
  digestText,
  findProject,
  PROVIDERS,
  type Project,
  parseStudy,
  suggestion,
} from '@judgelab/core'
import type { JudgeRequest, LoadedStudy } from '../study/load-study.js'

/** What `judgelab judge` may be told. Numbers come as texts from the command line. */
export interface JudgeOptions {
  readonly judge: string
  readonly path?: string | undefined
  readonly columns?: string | undefined
  readonly problems?: string | undefined
  readonly baseUrl?: string | undefined
  readonly keyEnv?: string | undefined
  readonly mode?: string | undefined
  readonly prompt?: string | undefined
  readonly decision?: string | undefined
  readonly blind?: boolean | undefined
  readonly rule?: string | undefined
  readonly orders?: string | undefined
  readonly ties?: string | undefined
  readonly concurrency?: string | undefined
  readonly limit?: string | undefined
  readonly repeats?: string | undefined
  readonly maxCost?: string | undefined
  readonly maxRequests?: string | undefined
  readonly setting?: readonly string[] | undefined
  readonly engine?: string | undefined
  readonly run?: string | undefined
  readonly retryFailed?: boolean | undefined
  readonly json?: boolean | undefined
}

/**
 * The study of one judge over one benchmark that a command line asks for.
 *
 * @param benchmark a source of benchmarks (`builtin`, `reward-bench-2` …), or a file
 * @throws {ConfigError} naming the option
 */
export function requestedStudy(benchmark: string, options: JudgeOptions): LoadedStudy {
  const project = findProject()
  const { limits, ...judge } = judgeOf(options)
  const asked = {
    benchmark: benchmarkOf(benchmark, options, project),
    evaluation: { side: 'all', rule: options.rule, orders: options.orders, ties: options.ties },
    judges: [judge],
  }
  const study = {
    version: 1,
    name: `judge-command-${digest(asked).slice(0, 12)}`, // the same command again, be it faster or slower, goes on with what the first one spent
    title: `${options.judge} on ${basename(benchmark)}`,
    question: `How often does ${options.judge} agree with the labels of ${basename(benchmark)}?`,
    ...asked,
    judges: [{ ...judge, limits }],
    budget: {
      maxCost: numberOf('--max-cost', options.maxCost),
      maxRequests: numberOf('--max-requests', options.maxRequests),
    },
  }
  return commandStudy({ study, limit: numberOf('--limit', options.limit) }, project)
}

/** The study that a command asks for, or once asked for. @throws {ConfigError} naming the field */
export function commandStudy(request: JudgeRequest, project: Project): LoadedStudy {
  const text = JSON.stringify(request.study)
  return { study: studyOf(text), project, file: 'the command line', sha256: digestText(text), request }
}

function studyOf(text: string): LoadedStudy['study'] {
  try {
    return parseStudy(text, 'the command line')
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new ConfigError(error.message.slice(error.path.length + 2), 'judgelab judge', { cause: error })
  }
}

function benchmarkOf(named: string, { path, columns, problems }: JudgeOptions, { root }: Project): object {
  if (BENCHMARK_SOURCES.some((source) => source === named)) return { source: named, path, problems }
  if (!existsSync(resolve(named)))
    throw new ConfigError(
      `expected a file, or one of ${BENCHMARK_SOURCES.join(', ')}, found "${named}"${suggestion(named, BENCHMARK_SOURCES)}`,
      'judgelab judge',
    )
  const mapping = columns === undefined ? undefined : columnsOf(columns)
  return { source: 'file', path: pathIn(root, named), columns: mapping, problems }
}

/** Relative to the project where it lies within, so that a copy of the project finds its own; else absolute. */
function pathIn(root: string, named: string): string {
  const within = relative(root, resolve(named))
  return /^\.\.([\\/]|$)/.test(within) || isAbsolute(within) ? resolve(named) : within
}

/** `prompt=question,chosen=better,rejected=worse`. */
function columnsOf(text: string): Record<string, string> {
  const pairs = text.split(',').map((part) => part.split('='))
  const odd = pairs.find((pair) => pair.length !== 2 || pair.some((side) => side === ''))
  if (odd !== undefined) throw new ConfigError(`expected field=column, found "${odd.join('=')}"`, '--columns')
  return Object.fromEntries(pairs as [string, string][])
}

function judgeOf(options: JudgeOptions) {
  const at = options.judge.indexOf(':')
  const [provider, model] = [options.judge.slice(0, Math.max(0, at)), options.judge.slice(at + 1)]
  if (at < 0 || model === '')
    throw new ConfigError(
      `expected <provider>:<model> with one of ${PROVIDERS.join(', ')}, found "${options.judge}"${suggestion(options.judge, PROVIDERS)}`,
      '--judge',
    )
  const { baseUrl, keyEnv, mode, prompt, decision, blind, engine } = options
  return {
    name: 'judge',
    label: model,
    provider,
    model,
    mode,
    prompt,
    decision,
    blind,
    baseUrl,
    keyEnv,
    engine,
    repeats: numberOf('--repeats', options.repeats),
    limits: { concurrency: numberOf('--concurrency', options.concurrency) },
    settings: settingsOf(options.setting ?? []),
  }
}

/** `temperature=0.7`: numbers and true or false are read as such. */
function settingsOf(settings: readonly string[]): Record<string, string | number | boolean> {
  return Object.fromEntries(
    settings.map((text) => {
      const at = text.indexOf('=')
      if (at < 1) throw new ConfigError(`expected name=value, found "${text}"`, '--setting')
      return [text.slice(0, at), settingValue(text.slice(at + 1))]
    }),
  )
}

function settingValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

/** @throws {ConfigError} for what is no number above 0 */
export function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !(value > 0) || !Number.isFinite(value))
    throw new ConfigError(`expected a number above 0, found "${text}"`, option)
  return value
}
