import { labelOf, levelText, type StudyResults, syntheticWords, type Table } from '@judgelab/analysis'
import type { Rule } from '@judgelab/core'
import { formatInteger, type ReportMethods, type ReportPrompt } from '@judgelab/report'
import type { StudyContext } from './context.js'
import type { ManifestOf } from './run-manifests.js'
import { tuningWords } from './tuning/tuning-words.js'

/** How the numbers were made: from the study, and from the manifests of its runs. */
export function reportMethods(
  context: StudyContext,
  manifests: readonly ManifestOf[],
  results: StudyResults,
): ReportMethods {
  return {
    entries: entries(context, results),
    judges: judgesTable(manifests, results),
    prompts: prompts(manifests),
  }
}

/** Who was asked, as each run wrote it down. */
function judgesTable(manifests: readonly ManifestOf[], results: StudyResults): Table {
  return {
    caption: `Every judge as its run wrote it down. A run that other studies share was begun by the first of them.${syntheticWords(results)}`,
    columns: [
      { key: 'label', label: 'Judge', kind: 'text' },
      { key: 'provider', label: 'Provider', kind: 'text' },
      { key: 'model', label: 'Model', kind: 'text' },
      { key: 'mode', label: 'Mode', kind: 'text' },
      { key: 'settings', label: 'Settings', kind: 'text' },
      { key: 'asked', label: 'Calls', kind: 'integer' },
      { key: 'rehearsed', label: 'Rehearsed', kind: 'text' },
      { key: 'finished', label: 'Finished', unit: 'UTC', kind: 'text' },
    ],
    rows: manifests.map(({ label, manifest: { judge, presentations, rehearsed, completedAt } }) => ({
      label,
      provider: judge.provider,
      model: judge.model,
      mode: judge.mode,
      settings: Object.entries(judge.settings)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
      asked: presentations.count,
      rehearsed: rehearsed ? 'yes' : 'no',
      finished: completedAt === null ? null : completedAt.slice(0, 16).replace('T', ' '),
    })),
    missing: 'none',
  }
}

/** Each prompt once, with everybody who was asked with it. */
function prompts(manifests: readonly ManifestOf[]): ReportPrompt[] {
  const byText = new Map<string, { judges: string[]; sha256: string }>()
  for (const { label, manifest } of manifests) {
    const { prompt } = manifest.judge
    if (prompt === undefined) continue
    const held = byText.get(prompt) ?? { judges: [], sha256: manifest.promptSha256 ?? '' }
    byText.set(prompt, { ...held, judges: [...held.judges, label] })
  }
  return [...byText].map(([text, { judges, sha256 }]) => ({ judges: judges.join(', '), sha256, text }))
}

const RULE_WORDS: Readonly<Record<Rule, string>> = {
  consistent:
    'all orders must name the same response, else the comparison is a tie; an unreadable pass makes it failed',
  together:
    'all readable orders must name the same response, else the comparison is a tie; failed when none is readable',
  net: 'right counts +1, wrong −1, tie or unreadable 0 in each order; the sign of the sum decides',
  average: 'credit is the mean over the readable orders',
  strength:
    'as a sum over the orders in which a strong preference counts three times and a slight one once; credit is the share of that weight; an unreadable pass makes the comparison failed',
  'first-order': 'the first order alone decides',
}

/** How the numbers were made, from the study. */
function entries({ loaded: { study } }: StudyContext, results: StudyResults): ReportMethods['entries'] {
  const { evaluation, statistics, split, pairs } = results
  const which =
    evaluation.comparisons === 'first'
      ? 'the first chosen against the first rejected response'
      : 'every chosen against every rejected response'
  return [
    {
      label: 'Comparisons',
      value: `Of each example on side “${evaluation.side}”, ${which}, in ${evaluation.orders === 'both' ? 'both orders' : 'one order'}: ${formatInteger(evaluation.n)}.`,
    },
    ...(split.method === 'none'
      ? []
      : [
          {
            label: 'Split',
            value: `${split.method}: ${formatInteger(split.train)} training and ${formatInteger(split.test)} test examples.`,
          },
        ]),
    {
      label: 'Rule',
      value: `${evaluation.rule}: ${RULE_WORDS[evaluation.rule]}. A tie earns ${CREDIT_WORDS[evaluation.ties]}; a failure ${CREDIT_WORDS[evaluation.failures]}.`,
    },
    ...(pairs === null
      ? []
      : [
          {
            label: 'Pairs',
            value: `Strategy ${pairs.strategy}, split ${pairs.split}: ${formatInteger(pairs.train)} for training, ${formatInteger(pairs.validation)} for validation.`,
          },
        ]),
    ...study.tuning.map((tuning) => ({
      label: `Tuning of ${tuning.label}`,
      value: tuningWords(tuning, labelOf(results, tuning.base)),
    })),
    {
      label: 'Intervals',
      value: `${levelText(statistics.level)}: Wilson’s where each credit is 0 or 1 and each prompt occurs once, Tango’s for paired differences of such data, else ${formatInteger(statistics.resamples)} resamples of whole prompts.`,
    },
    {
      label: 'Tests',
      value:
        'McNemar’s exact test on paired right-or-wrong verdicts, else the sign-flip test by prompt; two-sided. Holm’s correction within each family of tests: tuned judges against their own baselines, the other contrasts of the study, the subsets of one contrast, the model families of one judge.',
    },
  ]
}

const CREDIT_WORDS = { wrong: 'nothing', half: 'half a point', excluded: 'no place in the count' } as const
