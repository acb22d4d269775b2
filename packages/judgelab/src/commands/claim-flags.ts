import { type Claim, ConfigError, parseClaim } from '@judgelab/core'
import { shellWord } from './shell-word.js'

/** A published comparison as flags of the command line. */
export interface ClaimFlags {
  /** Right answers: a count, or a percentage as printed. */
  readonly a?: string | undefined
  readonly b?: string | undefined
  readonly n?: string | undefined
  readonly labelA?: string | undefined
  readonly labelB?: string | undefined
  /** `Math=25,22,29`: both judges’ figures and the size. */
  readonly subset?: readonly string[] | undefined
  readonly level?: string | undefined
}

/** The claim that flags describe. @throws {ConfigError} naming the flag, what was expected and what was found */
export function claimFromFlags(flags: ClaimFlags): Claim {
  const subsets = (flags.subset ?? []).map(subsetOf)
  const n = flags.n === undefined ? sizeOfAll(subsets) : wholeNumber(flags.n, '--n', 1)
  const level = flags.level === undefined ? undefined : levelOf(flags.level)
  const judge = (side: 'a' | 'b', label: string | undefined): object => ({
    name: side,
    label: label ?? side.toUpperCase(),
    ...(flags[side] === undefined && subsets.length > 0 ? {} : { correct: figure(flags[side], `--${side}`, n) }),
    ...(subsets.length === 0 ? {} : { subsets: Object.fromEntries(subsets.map((held) => [held.subset, held[side]])) }),
  })
  const [labelA, labelB] = [flags.labelA ?? 'A', flags.labelB ?? 'B']
  const claim = {
    version: 1,
    title: `${labelA} against ${labelB} on ${n} comparisons`,
    n,
    ...(subsets.length === 0
      ? {}
      : { subsets: Object.fromEntries(subsets.map(({ subset, n: size }) => [subset, size])) }),
    judges: [judge('a', flags.labelA), judge('b', flags.labelB)],
    ...(level === undefined ? {} : { level }),
  }
  return parseClaim(JSON.stringify(claim), 'the figures given')
}

/** The command that gives the same again. */
export function commandOf(file: string | undefined, flags: ClaimFlags): string {
  const given: readonly (readonly [string, string | undefined])[] = [
    ['a', flags.a],
    ['b', flags.b],
    ['n', flags.n],
    ['label-a', flags.labelA],
    ['label-b', flags.labelB],
    ...(flags.subset ?? []).map((subset) => ['subset', subset] as const),
    ['level', flags.level],
  ]
  const words = given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, shellWord(value)]))
  return ['judgelab claim', ...(file === undefined ? words : [shellWord(file)])].join(' ')
}

function figure(text: string | undefined, flag: string, n: number): number | string {
  const expected = 'expected a count or a percentage as printed, as 186 or 62.63%'
  if (text === undefined) throw new ConfigError(`${expected}, found nothing`, flag)
  if (/^\d+(?:\.\d+)?\s*%$/.test(text)) {
    if (Number.parseFloat(text) > 100) throw new ConfigError(`expected at most 100 %, found ${text}`, flag)
    return text
  }
  if (!/^\d+$/.test(text)) throw new ConfigError(`${expected}, found "${text}"`, flag)
  if (Number(text) > n) throw new ConfigError(`expected at most n, ${n}, found ${text}`, flag)
  return Number(text)
}

function wholeNumber(text: string, flag: string, least: number): number {
  if (/^\d+$/.test(text) && Number(text) >= least && Number.isSafeInteger(Number(text))) return Number(text)
  throw new ConfigError(`expected a whole number from ${least} up, found "${text}"`, flag)
}

interface SubsetFlag {
  readonly subset: string
  readonly a: number | string
  readonly b: number | string
  readonly n: number
}

function subsetOf(text: string): SubsetFlag {
  const [, subset, a, b, size] = /^(.+)=([^=,]+),([^=,]+),([^=,]+)$/.exec(text) ?? []
  if (subset === undefined || size === undefined)
    throw new ConfigError(
      `expected a name with both figures and the size, as Math=25,22,29, found "${text}"`,
      '--subset',
    )
  const n = wholeNumber(size, '--subset', 1)
  return { subset, a: figure(a, '--subset', n), b: figure(b, '--subset', n), n }
}

function sizeOfAll(subsets: readonly SubsetFlag[]): number {
  if (subsets.length === 0)
    throw new ConfigError('expected a claim file, or --a, --b and --n, found no number of comparisons', '--n')
  return subsets.reduce((sum, { n }) => sum + n, 0)
}

function levelOf(text: string): number {
  const level = Number(text)
  if (level > 0 && level < 1) return level
  throw new ConfigError(`expected a number between 0 and 1, found "${text}"`, '--level')
}
