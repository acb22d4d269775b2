import { join, relative, resolve } from 'node:path'
import {
  ConfigError,
  PAIR_STRATEGIES,
  type PairStrategy,
  type PreferencePair,
  type StudyPairs,
  type StudyTuning,
  saveText,
  strategiesOf,
  suggestion,
} from '@judgelab/core'
import { splitBenchmark } from '@judgelab/datasets'
import {
  type DataCard,
  EXPORT_FORMATS,
  type ExportedFile,
  type ExportFormat,
  exportPairs,
  FILE_TYPES,
  refuseLeaks,
  type SelectedSides,
  trlTrainingFiles,
} from '@judgelab/dpo'
import { featureExtractor, logitOf, priorPolicy } from '@judgelab/policy'
import { advance, artifact } from '../study/context.js'
import { pairSources } from '../study/judges/judging-questions.js'
import { checkJudges } from '../study/judges/make-judge.js'
import { type LoadedStudy, loadStudy } from '../study/load-study.js'
import { contextBase, withLooseContext } from '../study/open-context.js'
import { savePairs } from '../study/pair-files.js'
import { buildStudyPairs, checkPairs } from '../study/pairs-step.js'
import { loadStudyBenchmark } from '../study/prepare.js'
import { withPlaces } from '../study/with-places.js'
import { shellWord } from './shell-word.js'
import { shownWork } from './shown-work.js'

/** Options of `judgelab pairs`. */
export interface PairsOptions {
  readonly strategy?: readonly string[] | undefined
  readonly export?: readonly string[] | undefined
  readonly out?: string | undefined
  readonly model?: string | undefined
  readonly leaveOut?: boolean | undefined
  readonly dropWeights?: boolean | undefined
  readonly json?: boolean | undefined
}

/**
 * `judgelab pairs <study>`: builds the pairs of a study, writes them with their data card, and exports them. Nothing of the
 * study's own artifacts is touched.
 *
 * @throws {ConfigError} for a strategy or format that there is not
 * @throws {Error} for pairs that show what is judged, and for pairs that a format refuses
 */
export async function pairsCommand(named: string, options: PairsOptions): Promise<void> {
  const loaded = withStrategy(await loadStudy(named), options.strategy)
  const formats = namesAmong(EXPORT_FORMATS, options.export ?? [], '--export')
  const asked = loaded.study.pairs as StudyPairs
  const base = contextBase(loaded, {})
  await withPlaces(loaded, async () => {
    checkPairs({ ...loaded, study: { ...loaded.study, tuning: [], matrix: undefined } })
    if (strategiesOf(asked).includes('critiques')) await checkJudges(base)
  })
  const folder = resolve(options.out ?? artifact({ loaded }, 'pairs-export'))
  const made = await shownWork((told) =>
    withLooseContext(base, { ...told, mayLabour: true }, async (context) => {
      const benchmark = await loadStudyBenchmark(context)
      const isScored = strategiesOf(asked).every((strategy) => strategy === 'responses')
      const split = splitBenchmark(benchmark, loaded.study.split)
      const sources = await pairSources(context, asked, benchmark, split)
      told.progress.start('Preference pairs')
      const { sides, ...built } = await buildStudyPairs(
        context,
        asked,
        { benchmark, split, sources },
        { margin: isScored ? baseMargin() : undefined },
      )
      const card = { ...built.card, command: commandOf(named, options) }
      refuseLeaks(card.leaks)
      await savePairs(folder, { sides, card }, (written, total) => advance(context, written, total, 'pairs written'))
      const files = await exportAll(folder, sides, formats, { loaded, options, signal: told.signal })
      told.progress.finish(`${card.summary.train} for training, ${card.summary.validation} for validation`)
      return { card, files }
    }),
  )
  process.stdout.write(options.json ? `${JSON.stringify({ folder, ...made }, null, 2)}\n` : pairsText(folder, made))
}

/** The study with the strategies of the command line. @throws {ConfigError} where one of them needs a judge that the study does not name */
function withStrategy(loaded: LoadedStudy, names: readonly string[] | undefined): LoadedStudy {
  const { study, file } = loaded
  if (study.pairs === undefined) throw new ConfigError('expected the study to say `pairs:`, found nothing', file)
  if (names === undefined) return loaded
  const strategy: readonly PairStrategy[] = [...new Set(namesAmong(PAIR_STRATEGIES, names, '--strategy'))]
  const isJudged = strategy.some((name) => name !== 'responses')
  if (isJudged && study.pairs.judge === undefined)
    throw new ConfigError(
      `expected the study to say \`pairs.judge:\`, whose judging prompt ${strategy.join(' and ')} are made of, found nothing`,
      file,
    )
  const { judge: _, ...unjudged } = study.pairs
  return { ...loaded, study: { ...study, pairs: { ...(isJudged ? study.pairs : unjudged), strategy } } }
}

function namesAmong<T extends string>(known: readonly T[], names: readonly string[], option: string): T[] {
  return names.flatMap((given) =>
    given.split(',').map((name) => {
      const found = known.find((one) => one === name)
      if (found !== undefined) return found
      throw new ConfigError(`expected one of ${known.join(', ')}, found "${name}"${suggestion(name, known)}`, option)
    }),
  )
}

/** How much better the local base policy likes the preferred output, in nats. */
function baseMargin(): (pair: PreferencePair) => number {
  const policy = priorPolicy()
  return ({ input, preferred, nonPreferred }) => {
    const read = featureExtractor(input)
    return logitOf(policy, read(preferred)) - logitOf(policy, read(nonPreferred))
  }
}

async function exportAll(
  folder: string,
  sides: SelectedSides,
  formats: readonly ExportFormat[],
  {
    loaded,
    options,
    signal,
  }: { readonly loaded: LoadedStudy; readonly options: PairsOptions; readonly signal: AbortSignal },
): Promise<ExportedFile[]> {
  const files: ExportedFile[] = []
  const refused = options.leaveOut ? 'leave-out' : 'stop'
  for (const format of formats) {
    for (const side of ['train', 'validation'] as const)
      for (const type of FILE_TYPES[format]) {
        const file = join(folder, format, `${side}.${type}`)
        files.push(await exportPairs(sides[side], { format, file, refused, dropWeights: options.dropWeights, signal }))
      }
    if (format === 'trl' || format === 'trl-conversational') {
      const { tuning, model } = trlTuning(loaded, options)
      const written = trlTrainingFiles({ tuning, model, pairs: sides.train.length })
      for (const [name, text] of Object.entries(written)) await saveText(join(folder, format, name), text)
    }
  }
  return files
}

/** The study's first tuning of a hosted model; of a study without one, the published parameters. */
function trlTuning(
  { study }: LoadedStudy,
  { model }: PairsOptions,
): { readonly tuning: StudyTuning; readonly model: string } {
  const hosted = study.tuning.find(({ backend }) => backend !== 'local')
  const base = study.judges.find(({ name }) => name === hosted?.base)
  return {
    tuning: hosted ?? PUBLISHED,
    model: model ?? hosted?.hosted?.model ?? base?.model ?? 'openai/gpt-oss-120b',
  }
}

/** The parameters of the published experiment (Together AI, 2026-02-02). */
const PUBLISHED: StudyTuning = {
  name: 'judge+dpo',
  label: 'Judge + DPO',
  base: 'judge',
  backend: 'trl',
  beta: 0.1,
  epochs: 3,
  batchSize: 32,
  learningRate: 5e-6,
  seed: 42,
  evaluations: 5,
  loss: 'dpo',
  labelSmoothing: 0,
  l2: 0,
  schedule: 'linear',
}

/** The command that makes the same again. */
function commandOf(
  named: string,
  { strategy, export: formats, out, model, leaveOut, dropWeights }: PairsOptions,
): string {
  return [
    `judgelab pairs ${shellWord(named)}`,
    ...(strategy === undefined ? [] : [`--strategy ${strategy.join(' ')}`]),
    ...(formats === undefined ? [] : [`--export ${formats.join(' ')}`]),
    ...(out === undefined ? [] : [`--out ${shellWord(out)}`]),
    ...(model === undefined ? [] : [`--model ${shellWord(model)}`]),
    ...(leaveOut ? ['--leave-out'] : []),
    ...(dropWeights ? ['--drop-weights'] : []),
  ].join(' ')
}

function pairsText(
  folder: string,
  { card, files }: { readonly card: DataCard; readonly files: readonly ExportedFile[] },
): string {
  const at = (file: string): string => relative(process.cwd(), file)
  const subsets = Object.entries(card.summary.bySubset).map(
    ([subset, { train, validation, weightShare }]) =>
      `  ${subset}: ${train} for training, ${validation} for validation, ${(100 * weightShare).toFixed(1)} % of the weight`,
  )
  const exported = files.map(
    ({ file, rows, refused }) => `  ${at(file)}: ${rows} rows${refused.count > 0 ? `, ${refused.count} left out` : ''}`,
  )
  return [
    '',
    `${card.summary.pairs} pairs of ${card.built} built, by ${strategiesOf(card.asked).join(', ')}:`,
    ...subsets,
    ...(exported.length === 0 ? [] : ['Exported:', ...exported]),
    `Data card: ${at(join(folder, 'card.md'))}`,
    '',
  ].join('\n')
}
