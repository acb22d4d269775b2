import type { Message, Outcome, PreferencePair } from '@judgelab/core'
import { promptDigest } from '@judgelab/datasets'
import { type LabelledPresentation, shownId } from './labelled-presentations.js'

/** One judgment with its reasoning, as the judge wrote it. */
export interface SampledJudgment {
  readonly repeat: number
  readonly raw: string
  readonly outcome: Outcome
}

/** All that was sampled of one presentation. */
export interface SampledPresentation extends LabelledPresentation {
  /** The judging prompt that was answered. */
  readonly input: readonly Message[]
  readonly judgeId: string
  readonly samples: readonly SampledJudgment[]
}

/** What became of the presentations and samples. */
export interface CritiqueCounts {
  readonly presentations: number
  /** Presentations whose samples name both responses: only these make pairs. */
  readonly divided: number
  /** Presentations left out because every readable sample names the chosen response: nothing to contrast. */
  readonly allRight: number
  /** … because every one names the rejected response. */
  readonly allWrong: number
  /** … because no sample names a response. */
  readonly noneReadable: number
  readonly samples: { readonly right: number; readonly wrong: number; readonly tie: number; readonly failed: number }
  /** Pairs whose right judgment is the longer one, in characters, and the shorter one. */
  readonly longerRight: number
  readonly shorterRight: number
}

/**
 * Contrastive judgments: of the judgments sampled of one presentation, right ones preferred over wrong ones, reasoning
 * and all. Presentations whose samples agree have no contrast: they are counted and left out. Ties and failures are
 * neither right nor wrong.
 *
 * A model can tell the two sides apart by the length of the reasoning, if right judgments are longer as a rule. With
 * `lengths` balanced (the default) a presentation offers its two nearest contrasts in length, one with the right judgment
 * longer and one with it shorter; taken is the one that brings the count of longer and shorter ones nearer to even, or,
 * where it offers one kind only, that one; of equal claims the nearer in length. With `any`, the nearest in length.
 *
 * @param options.perPresentation most pairs of one presentation; a judgment is in one pair at most. Defaults to 1
 * @returns pairs in the order of the presentations
 * @see Ye et al. (2024), "Beyond scalar reward model: learning generative judge from preference data" (Con-J),
 *   arXiv:2410.03742; Wang, T. et al. (2024), "Self-taught evaluators", arXiv:2408.02666; Wang, P. et al. (2024), "Direct
 *   judgement preference optimization" (SFR-Judge), arXiv:2409.14664
 */
export function pairsFromCritiques(
  sampled: Iterable<SampledPresentation>,
  options: { readonly lengths?: 'any' | 'balanced' | undefined; readonly perPresentation?: number | undefined } = {},
): { readonly pairs: PreferencePair[]; readonly counts: CritiqueCounts } {
  const { lengths = 'balanced', perPresentation = 1 } = options
  const pairs: PreferencePair[] = []
  const seen = { presentations: 0, divided: 0, allRight: 0, allWrong: 0, noneReadable: 0 }
  const samples = { right: 0, wrong: 0, tie: 0, failed: 0 }
  const kinds = { longerRight: 0, shorterRight: 0 }
  for (const presentation of sampled) {
    const { right, wrong, said } = sorted(presentation)
    samples.right += said.right
    samples.wrong += said.wrong
    samples.tie += said.tie
    samples.failed += said.failed
    seen.presentations++
    if (right.length === 0 || wrong.length === 0) {
      seen[right.length > 0 ? 'allRight' : wrong.length > 0 ? 'allWrong' : 'noneReadable']++
      continue
    }
    seen.divided++
    const open = { right: new Set(right), wrong: new Set(wrong) }
    for (let made = 0; made < perPresentation && open.right.size > 0 && open.wrong.size > 0; made++) {
      const lean = lengths === 'any' ? 0 : Math.sign(kinds.shorterRight - kinds.longerRight)
      const contrast = nearest(contrastsOf([...open.right], [...open.wrong]), lean)
      open.right.delete(contrast.right)
      open.wrong.delete(contrast.wrong)
      if (contrast.longer > 0) kinds.longerRight++
      if (contrast.longer < 0) kinds.shorterRight++
      pairs.push(pairOf(presentation, contrast))
    }
  }
  return { pairs, counts: { ...seen, samples, ...kinds } }
}

interface SortedSamples {
  readonly right: readonly SampledJudgment[]
  readonly wrong: readonly SampledJudgment[]
  /** How many samples said what. */
  readonly said: { readonly right: number; readonly wrong: number; readonly tie: number; readonly failed: number }
}

/** Samples by what they say. Equal texts are one sample: they would be one pair twice. */
function sorted({ presentation, rightSlot, samples }: SampledPresentation): SortedSamples {
  const right = new Map<string, SampledJudgment>()
  const wrong = new Map<string, SampledJudgment>()
  const said = { right: 0, wrong: 0, tie: 0, failed: 0 }
  for (const sample of samples) {
    const { outcome, raw } = sample
    if (outcome.kind !== 'choice' && outcome.kind !== 'failed')
      throw new RangeError(`pairsFromCritiques needs choices, got ${outcome.kind} of ${presentation.id}`)
    if (outcome.kind === 'failed') said.failed++
    else if (outcome.slot === 'tie') said.tie++
    else {
      const isRight = outcome.slot === rightSlot
      said[isRight ? 'right' : 'wrong']++
      const side = isRight ? right : wrong
      if (!side.has(raw)) side.set(raw, sample)
    }
  }
  return { right: [...right.values()], wrong: [...wrong.values()], said }
}

interface Contrast {
  readonly right: SampledJudgment
  readonly wrong: SampledJudgment
  /** By how many characters the right judgment is longer. */
  readonly longer: number
}

/** Every right judgment with every wrong one, nearest in length first, then by repeats. */
function contrastsOf(right: readonly SampledJudgment[], wrong: readonly SampledJudgment[]): Contrast[] {
  return right
    .flatMap((a) => wrong.map((b) => ({ right: a, wrong: b, longer: a.raw.length - b.raw.length })))
    .sort(
      (a, b) =>
        Math.abs(a.longer) - Math.abs(b.longer) || a.right.repeat - b.right.repeat || a.wrong.repeat - b.wrong.repeat,
    )
}

/** The first contrast that leans as asked (or not at all); where there is none, the first. */
function nearest(contrasts: readonly Contrast[], lean: number): Contrast {
  const leaning = lean === 0 ? undefined : contrasts.find(({ longer }) => Math.sign(longer) !== -lean)
  return leaning ?? (contrasts[0] as Contrast)
}

function pairOf(sampled: SampledPresentation, { right, wrong }: Contrast): PreferencePair {
  const { example, presentation, input, judgeId } = sampled
  const shown = shownId(presentation)
  return {
    v: 1,
    id: `critiques:${shown}#${right.repeat}>${wrong.repeat}`,
    input,
    preferred: right.raw,
    nonPreferred: wrong.raw,
    origin: {
      strategy: 'critiques',
      exampleId: example.id,
      comparisonId: presentation.comparisonId as string,
      subset: example.subset,
      presentation: shown,
      judgeId,
      repeats: [right.repeat, wrong.repeat],
      promptSha256: promptDigest(example.prompt),
    },
  }
}
