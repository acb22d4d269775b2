import { type Problem, suggestion } from '../schemas/problem.js'
import type { Study } from './study.js'
import { LOCAL_MODELS, type StudyJudge } from './study-judge.js'

/** Fields that say how a model behind a service is asked: they mean nothing to what answers in this process. */
const OF_SERVICES = [
  'prompt',
  'decision',
  'allowTie',
  'askStrength',
  'scale',
  'classes',
  'blind',
  'reference',
  'criteria',
  'shots',
  'tieBand',
  'baseUrl',
  'keyEnv',
  'api',
  'prices',
] as const

/** What a judge of a study may say; for the nearest right name when a key is unknown. */
export const JUDGE_KEYS: readonly string[] = [
  ...['name', 'label', 'provider', 'model', 'mode', 'path', 'format', 'problems', 'control', 'settings'],
  ...OF_SERVICES,
  ...['repeats', 'consistency', 'repeat', 'limits', 'engine'],
]

/** What a judge says that its provider, mode or decision does not know, and what it does not say that they need. */
export function judgeProblems(judge: StudyJudge, at: number): Problem[] {
  const { provider, mode, decision } = judge
  const problems: Problem[] = []
  const field = (name: keyof StudyJudge, message: string): void => {
    problems.push({ path: ['judges', at, name], message })
  }
  const needs = (message: string): void => {
    problems.push({ path: ['judges', at], message: `${message}, found nothing` })
  }
  if (provider === 'local' && !LOCAL_MODELS.some((model) => model === judge.model))
    field(
      'model',
      `expected one of ${LOCAL_MODELS.join(', ')}, found "${judge.model}"${suggestion(judge.model, LOCAL_MODELS)}`,
    )
  if (provider === 'replay' && judge.path === undefined)
    needs('expected `path:` to the recorded verdicts, which replay needs')
  if (provider !== 'replay' && judge.format !== undefined)
    field('format', `expected no format (that of recorded verdicts) for provider ${provider}, found "${judge.format}"`)
  if (provider !== 'replay' && judge.problems !== undefined)
    field(
      'problems',
      `expected no problems (those of recorded verdicts) for provider ${provider}, found "${judge.problems}"`,
    )
  if (provider === 'local' || provider === 'replay')
    for (const name of OF_SERVICES)
      if (judge[name] !== undefined) field(name, `expected no ${name} for provider ${provider}, found one`)
  if (provider === 'openai-compatible' && judge.baseUrl === undefined && judge.engine !== 'vllm')
    needs('expected `baseUrl:` of the server, which openai-compatible needs')
  if (judge.api === 'responses' && provider !== 'openai' && provider !== 'openai-compatible')
    field('api', `expected chat, the only api of provider ${provider}, found "responses"`)
  if (judge.engine === 'batch' && !['openai', 'together', 'openai-compatible'].includes(provider))
    field('engine', `expected online, the only engine of provider ${provider}, found "batch"`)
  if (judge.engine === 'vllm' && provider !== 'openai-compatible')
    field(
      'engine',
      `expected online${provider === 'openai' || provider === 'together' ? ' or batch' : ''} for provider ${provider}, found "vllm"`,
    )
  if (judge.engine === 'vllm' && judge.api === 'responses')
    field('api', 'expected chat, the only api of engine vllm, found "responses"')
  if (judge.scale !== undefined && mode !== 'rating') field('scale', `expected no scale in mode ${mode}, found one`)
  if (judge.classes !== undefined && mode !== 'classify')
    field('classes', `expected no classes in mode ${mode}, found some`)
  const isAlone = mode === 'rating' || mode === 'classify'
  for (const name of ['allowTie', 'askStrength'] as const)
    if (isAlone && judge[name] !== undefined) field(name, `expected no ${name} in mode ${mode}, found one`)
  if (decision === 'logprobs' && judge.askStrength === true)
    field('askStrength', 'expected no strength asked with decision logprobs, found it asked')
  if (decision === 'logprobs' && mode !== 'pairwise' && mode !== 'best-of-n')
    field('decision', `expected label or structured in mode ${mode}, found "logprobs"`)
  if (judge.tieBand !== undefined && decision !== 'logprobs')
    field('tieBand', 'expected no tieBand without decision logprobs, found one')
  return problems
}

/** Controls of judges that there are not, that say nothing else than their judge, or that it can't be asked. */
export function controlProblems({ controls, judges }: Study): Problem[] {
  return controls.flatMap(({ name: _, label: __, of, ...asked }, at) => {
    const judge = judges.find((held) => held.name === of)
    if (judge === undefined) {
      const known = judges.map(({ name }) => name)
      const message = `expected the name of a judge of this study, found "${of}"${suggestion(of, known)}`
      return [{ path: ['controls', at, 'of'], message }]
    }
    const said = Object.values(asked).filter((value) => value !== undefined)
    if (said.length === 0)
      return [{ path: ['controls', at], message: `expected what is asked otherwise than of ${of}, found nothing` }]
    const place = (problem: Problem): Problem => ({ ...problem, path: ['controls', at, ...problem.path.slice(2)] })
    return judgeProblems({ ...judge, ...asked } as StudyJudge, at).map(place)
  })
}

/** Panels whose members or weights don't fit. */
export function panelProblems({ panels, judges, tuning, controls }: Study): Problem[] {
  const known = [...judges, ...tuning, ...controls].map(({ name }) => name)
  return panels.flatMap(({ members, vote, weights }, at) => {
    const problems: Problem[] = members.flatMap((member, place) =>
      known.includes(member)
        ? []
        : [
            {
              path: ['panels', at, 'members', place],
              message: `expected the name of a judge of this study, found "${member}"${suggestion(member, known)}`,
            },
          ],
    )
    const expected = vote === 'weighted' ? members.length : 0
    if ((weights?.length ?? 0) !== expected)
      problems.push({
        path: ['panels', at],
        message: `expected ${expected === 0 ? 'no weights for vote majority' : `${expected} weights, one a member`}, found ${weights?.length ?? 0}`,
      })
    return problems
  })
}

/** Early stopping between judges that there are not, or that can't be asked in lockstep. */
export function stoppingProblems({ stopping, judges }: Study): Problem[] {
  if (stopping === undefined) return []
  const known = judges.map(({ name }) => name)
  const problems: Problem[] = (['judge', 'against'] as const).flatMap((side) =>
    known.includes(stopping[side])
      ? []
      : [
          {
            path: ['stopping', side],
            message: `expected the name of a judge of this study, found "${stopping[side]}"${suggestion(stopping[side], known)}`,
          },
        ],
  )
  if (stopping.judge === stopping.against)
    problems.push({ path: ['stopping'], message: `expected two judges, found "${stopping.judge}" against itself` })
  judges.forEach(({ name, engine }, at) => {
    if ((name === stopping.judge || name === stopping.against) && engine !== 'online')
      problems.push({
        path: ['judges', at, 'engine'],
        message: `expected engine online of ${name}, which early stopping asks call by call, found "${engine}"`,
      })
  })
  return problems
}
