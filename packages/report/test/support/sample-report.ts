import type { Table } from '@judgelab/analysis'
import {
  accuracyChart,
  differenceChart,
  type ExecutedNotebook,
  flipChart,
  heatmapChart,
  histogramChart,
  htmlFigure,
  htmlTable,
  learningCurveChart,
  type Output,
  pairingChart,
  paretoChart,
  positionChart,
  powerChart,
  type ReportInput,
  reliabilityChart,
  renderSvg,
  slopeChart,
  subsetChart,
  trainingChart,
} from '../../src/index.js'

/** Numbers of the shape that the quickstart study has; none of them was measured. */
const SUBSETS = [
  { subset: 'Factuality', n: 76, before: 0.605, after: 0.711, fixed: 14, broken: 6 },
  { subset: 'Precise IF', n: 25, before: 0.48, after: 0.4, fixed: 5, broken: 7 },
  { subset: 'Math', n: 29, before: 0.655, after: 0.586, fixed: 0, broken: 2 },
  { subset: 'Safety', n: 72, before: 0.542, after: 0.819, fixed: 20, broken: 0 },
  { subset: 'Focus', n: 79, before: 0.633, after: 0.608, fixed: 9, broken: 11 },
  { subset: 'Ties', n: 16, before: 0.5, after: 0.5, fixed: 1, broken: 1 },
]

const JUDGES = [
  { judge: 'linear', label: 'linear', kind: 'baseline', accuracy: 0.586, low: 0.529, high: 0.641, n: 297 },
  { judge: 'linear', label: 'linear + DPO', kind: 'tuned', accuracy: 0.66, low: 0.604, high: 0.711, n: 297 },
  { judge: 'longer', label: 'longer', kind: 'null', accuracy: 0.498, low: 0.442, high: 0.555, n: 297 },
  { judge: 'shorter', label: 'shorter', kind: 'null', accuracy: 0.441, low: 0.386, high: 0.498, n: 297 },
  { judge: 'random', label: 'random', kind: 'null', accuracy: 0.253, low: 0.207, high: 0.305, n: 297 },
] as const

const half = (p: number, n: number): number => 1.96 * Math.sqrt((p * (1 - p)) / n) + 0.5 / n
const point = (value: number, n: number): { value: number; low: number; high: number } => ({
  value,
  low: Math.max(0, value - half(value, n)),
  high: Math.min(1, value + half(value, n)),
})

/** A table with every kind of column, and a value that is missing. */
export const SAMPLE_TABLE: Table = {
  caption:
    'The tuned judge agrees with the labels more often than its baseline. Rule consistent, ties and failures wrong; 95 % Wilson intervals, exact McNemar against the baseline.',
  boldRow: 1,
  missing: 'no pair to compare with',
  columns: [
    { key: 'label', label: 'Judge', kind: 'text' },
    { key: 'kind', label: 'Type', kind: 'text' },
    { key: 'n', label: 'n', kind: 'integer' },
    { key: 'right', label: 'Right', kind: 'integer' },
    { key: 'failed', label: 'Failed', kind: 'integer' },
    { key: 'accuracy', label: 'Accuracy', unit: '%', kind: 'interval' },
    { key: 'difference', label: 'Difference', unit: 'points', kind: 'points-interval' },
    { key: 'p', label: 'p', kind: 'p' },
  ],
  rows: JUDGES.map((row, i) => ({
    label: row.label,
    kind: row.kind,
    n: row.n,
    right: Math.round(row.accuracy * row.n),
    failed: i === 4 ? 12 : 0,
    accuracy: { value: row.accuracy, low: row.low, high: row.high },
    difference:
      i === 0
        ? null
        : { value: row.accuracy - 0.586, low: row.accuracy - 0.586 - 0.055, high: row.accuracy - 0.586 + 0.055 },
    p: [null, 0.0089, 0.0021, 0.00004, 0.61][i],
  })),
}

const SUBSET_TABLE: Table = {
  caption: 'By subset. Six tests; p after Holm.',
  columns: [
    { key: 'subset', label: 'Subset', kind: 'text' },
    { key: 'n', label: 'n', kind: 'integer' },
    { key: 'before', label: 'Baseline', unit: '%', kind: 'percent' },
    { key: 'after', label: 'Tuned', unit: '%', kind: 'percent' },
    { key: 'change', label: 'Change', unit: 'points', kind: 'points' },
    { key: 'fixed', label: 'Fixed', kind: 'integer' },
    { key: 'broken', label: 'Broken', kind: 'integer' },
    { key: 'p', label: 'p', kind: 'p' },
  ],
  rows: SUBSETS.map((row, i) => ({ ...row, change: row.after - row.before, p: [0.12, 0.77, 0.5, 0.0002, 0.82, 1][i] })),
}

/** The charts of the sample report, by name: one of every kind. */
export function sampleCharts(): Record<string, ReturnType<typeof accuracyChart>> {
  const wave = (i: number, k: number): number => Math.sin(i * 12.9898 * k) * 0.5
  const curve = (i: number): { step: number; loss: number; rewardAccuracy: number } => ({
    step: i,
    loss: Math.LN2 - 0.12 * (1 - Math.exp(-i / 120)),
    rewardAccuracy: 0.5 + 0.19 * (1 - Math.exp(-i / 90)),
  })
  const steps = Array.from({ length: 228 }, (_, i) => curve(2 * i + 1)).map((at, i) => ({
    ...at,
    loss: at.loss + 0.03 * wave(i, 1),
    rewardAccuracy: at.rewardAccuracy + 0.06 * wave(i, 2),
  }))
  return {
    accuracy: accuracyChart(JUDGES, {
      finding: 'The tuned judge agrees with 66.0 % of the labels, its baseline with 58.6 %.',
      chance: { value: 0.25, label: 'a coin in each order' },
    }),
    slope: slopeChart(
      SUBSETS.map(({ subset, n, before, after }) => ({
        judge: 'linear',
        subset,
        n,
        before: point(before, n),
        after: point(after, n),
      })),
      { finding: 'Tuning helped on Safety and Factuality and nowhere else.' },
    ),
    subsets: subsetChart(
      SUBSETS.flatMap(({ subset, n, before, after }) =>
        [before, after].map((accuracy, i) => {
          const { low, high } = point(accuracy, n)
          return { subset, judge: i === 0 ? 'linear' : 'linear + DPO', accuracy, low, high, n, isTuned: i === 1 }
        }),
      ),
      { finding: 'Intervals overlap on every subset but Safety.', chance: 0.25 },
    ),
    flips: flipChart(SUBSETS, { finding: 'Safety has 20 fixed and no broken verdicts.' }),
    training: trainingChart(steps, [0, 91, 182, 273, 364, 455].map(curve), {
      finding: 'Validation loss falls until the end.',
    }),
    differences: differenceChart(
      [
        { label: 'linear + DPO − linear', difference: 0.074, low: 0.019, high: 0.128, p: 0.0089 },
        { label: 'linear − longer', difference: 0.088, low: 0.01, high: 0.166, p: 0.031 },
        { label: 'shorter − longer', difference: -0.057, low: -0.141, high: 0.028, p: 0.21 },
      ],
      { finding: 'The tuned judge is 7.4 points better than its baseline.' },
    ),
    pairing: pairingChart(
      [
        {
          label: 'tuned − closed',
          points: [15, 31, 49, 65, 83].map((discordant, i) => ({ discordant, p: 0.6 + 0.05 * i })),
        },
        {
          label: 'tuned − linear',
          points: [14, 20, 30, 44, 60, 92].map((discordant, i) => ({
            discordant,
            p: [0.00012, 0.0026, 0.016, 0.049, 0.09, 0.17][i]!,
          })),
        },
        {
          label: 'closed − longer',
          points: [42, 70, 104].map((discordant, i) => ({ discordant, p: [6e-8, 0.00004, 0.0011][i]! })),
        },
      ],
      { finding: 'One comparison holds under every pairing, one under some, one under none.', n: 297, alpha: 0.05 },
    ),
    curve: learningCurveChart(
      [150, 600, 2400, 4866].flatMap((pairs, i) =>
        [1, 2, 3, 4, 5].map((seed) => ({
          pairs,
          seed,
          accuracy: [0.56, 0.63, 0.7, 0.72][i]! + 0.04 * wave(seed, i + 1),
        })),
      ),
      {
        finding: 'Accuracy rises with every doubling of the pairs, by less each time.',
        measured: [150, 600, 2400, 4866].map((pairs, i) => ({ pairs, ...point([0.56, 0.63, 0.7, 0.72][i]!, 297) })),
        curve: Array.from({ length: 41 }, (_, i) => 150 * (4866 / 150) ** (i / 40)).map((pairs) => ({
          pairs: Math.round(pairs),
          // Versions of Node differ in the last digit of a power.
          ...point(Number((0.76 - 1.6 * pairs ** -0.42).toFixed(9)), 400),
        })),
        curveName: 'fitted law',
        baseline: { value: 0.532, label: 'untuned' },
      },
    ),
    heatmap: heatmapChart(
      SUBSETS.flatMap(({ subset, n, before, after }) =>
        [before, after].map((accuracy, i) => ({
          subset,
          judge: i === 0 ? 'linear' : 'linear + DPO',
          ...point(accuracy, n),
          accuracy,
          n,
        })),
      ),
      { finding: 'From 40.0 % (linear + DPO in Precise IF) to 81.9 % (linear + DPO in Safety).' },
    ),
    reliability: reliabilityChart(
      ['linear', 'linear + DPO'].flatMap((judge, k) =>
        [0.55, 0.65, 0.75, 0.85, 0.95].map((confidence, i) => {
          const right = 0.45 + 0.06 * i + 0.1 * k
          return { judge, confidence, right, low: right - 0.1, high: right + 0.1, n: 60, isTuned: k === 1 }
        }),
      ),
      { finding: 'Both judges are more confident than right.' },
    ),
    pareto: paretoChart(
      [
        { judge: 'closed', label: 'closed', cost: 4.2, accuracy: 0.74, low: 0.69, high: 0.79, isTuned: false },
        { judge: 'open', label: 'open', cost: 0.28, accuracy: 0.69, low: 0.63, high: 0.74, isTuned: false },
        { judge: 'open', label: 'open + DPO', cost: 0.29, accuracy: 0.73, low: 0.68, high: 0.78, isTuned: true },
        { judge: 'small', label: 'small', cost: 0.05, accuracy: 0.55, low: 0.49, high: 0.61, isTuned: false },
      ],
      { finding: 'The tuned judge stands on the front.', axisTitle: 'USD for a thousand judgments' },
    ),
    power: powerChart(
      [297, 594, 1188].flatMap((n) =>
        Array.from({ length: 11 }, (_, i) => ({
          n,
          difference: 0.02 * i,
          power: 1 - 0.96 * Math.exp(-n * (0.02 * i) ** 2 * 1.2),
        })),
      ),
      { finding: 'Ten points are found four times in five.', observed: 0.074 },
    ),
    position: positionChart(
      [
        { label: 'linear', bothFirst: 0, bothSecond: 0, n: 297, p: Number.NaN },
        { label: 'closed', bothFirst: 30, bothSecond: 12, n: 297, p: 0.0079 },
        { label: 'random', bothFirst: 75, bothSecond: 81, n: 297, p: 0.69 },
      ],
      { finding: 'closed leans to the first slot.' },
    ),
    lengths: histogramChart(
      Array.from({ length: 600 }, (_, i) => ({
        group: i % 3 === 0 ? 'chosen' : 'rejected',
        value: Math.round(60 + 50 * Math.abs(wave(i, 3)) * (4 + wave(i, 5))),
      })),
      { finding: 'Chosen and rejected responses are about as long.', axisTitle: 'Length of a response, words' },
    ),
  }
}

const markdown = (source: string) => ({ cell_type: 'markdown', id: 'm', metadata: {}, source }) as const
const shown = (data: Readonly<Record<string, unknown>>): Output => ({ output_type: 'display_data', data, metadata: {} })
const code = (source: string, outputs: readonly Output[], execution_count = 1) =>
  ({ cell_type: 'code', id: 'c', metadata: {}, source, execution_count, outputs }) as const

/** A notebook as the kernel leaves it. */
export function executed(cells: ExecutedNotebook['notebook']['cells']): ExecutedNotebook {
  const kernelspec = { name: 'tslab', display_name: 'TypeScript', language: 'typescript' }
  return {
    path: 'sample.ipynb',
    cellCount: cells.filter((cell) => cell.cell_type === 'code').length,
    notebook: { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells },
  }
}

const LONG = Array.from(
  { length: 24 },
  (_, i) =>
    `Line ${i + 1}: the tuned judge reads an answer as long as this one, and the page folds it at twelve lines.`,
).join('\n')

/** A report as the quickstart study makes it. */
export async function sampleReport(): Promise<ReportInput> {
  const charts = sampleCharts()
  const svgs: Record<string, string> = {}
  for (const [name, spec] of Object.entries(charts)) svgs[name] = await renderSvg(spec)
  const figure = (name: string, caption: string): Output => shown({ 'text/html': htmlFigure(svgs[name]!, caption) })
  return {
    title: 'Does DPO make a better judge of a log-linear policy?',
    question: 'Does preference tuning on 4,866 pairs bring a small judge closer to human labels?',
    answer:
      'Tuning raised agreement with the labels from 58.6 % to 66.0 %, a difference of +7.4 points [+1.9, +12.8] on 297 held-out comparisons (exact McNemar p = 0.0089).',
    notice: 'Synthetic: the benchmark is generated, its labels are right by construction, and no person judged it.',
    facts: [
      { label: 'benchmark', value: 'built-in 1.0, sha256 4f1c 09ab' },
      { label: 'held out', value: '297 examples' },
      { label: 'judges', value: '2, and 3 null baselines' },
      { label: 'seed', value: '42' },
      { label: 'date', value: '2026-11-22' },
    ],
    headline: {
      svg: svgs.accuracy!,
      caption:
        'The tuned judge (filled) stands clear of its baseline and of every rule that reads no answer. Synthetic benchmark; 95 % Wilson intervals.',
    },
    sections: [
      {
        id: 'baseline',
        title: 'The baseline judge',
        notebook: executed([
          markdown(
            '# Baseline\n\nHow often does the untuned judge name the response that the label calls better? It agrees in **58.6 %** of 297 comparisons, and so does better than always naming the longer response.\n\n> A comparison counts as right only if both orders name the same response. A tie is wrong, and so is an answer that cannot be read.',
          ),
          code(
            "import { loadRun } from '@judgelab/core'\nimport { accuracyOf } from '@judgelab/scoring'\n\nconst run = await loadRun('runs/baseline') // 594 judgments\nconst accuracy: number = accuracyOf(run, { rule: 'consistent', ties: 'wrong' })",
            [{ output_type: 'stream', name: 'stdout', text: '594 judgments, 0 failed, dataset 4f1c09ab\n' }],
          ),
          markdown('## Agreement with the labels\n\nThe table has every judge of the study under one policy.'),
          code(
            'tslab.display.html(htmlTable(baselineTable(runs)))',
            [shown({ 'text/html': htmlTable(SAMPLE_TABLE) })],
            2,
          ),
          markdown('The three null baselines read no answer. What they get is what a judge gets for nothing.'),
          markdown('## Differences'),
          code(
            'tslab.display.html(htmlFigure(await renderSvg(differenceChart(rows, { finding })), caption))',
            [figure('differences', 'The tuned judge is better than its baseline by more than chance allows.')],
            3,
          ),
        ]),
      },
      {
        id: 'training',
        title: 'Training',
        notebook: executed([
          markdown(
            '# DPO\n\nLoss on held-out pairs falls until the last step, so the judge has not begun to learn pairs by heart.',
          ),
          code('steps.at(-1)', [figure('training', 'Validation (blue) follows training (grey) to the end.')], 1),
          markdown('## Lengths\n\nIf chosen responses were longer, length alone would win.'),
          code('lengths', [figure('lengths', 'Chosen and rejected responses are about as long.')], 2),
          code(
            'table.print()',
            [
              {
                output_type: 'stream',
                name: 'stdout',
                text: '╔════════════╤═══════╤════════╗\n║            │ loss  │ margin ║\n╟────────────┼───────┼────────╢\n║ 455        │ 0.576 │ 0.412  ║\n╚════════════╧═══════╧════════╝\n',
              },
            ],
            3,
          ),
        ]),
      },
      {
        id: 'where',
        title: 'Where tuning helped or hurt',
        notebook: executed([
          markdown(
            '# Where\n\nNearly all of the gain comes from Safety; on Precise IF and Math the tuned judge is, if anything, worse.',
          ),
          code(
            'slope',
            [figure('slope', 'Safety rises by 27.7 points; the other subsets move within their intervals.')],
            1,
          ),
          code('table', [shown({ 'text/html': htmlTable(SUBSET_TABLE) })], 2),
          markdown(
            '> Not significant is not the same: with n = 25, a subset shows only differences of about 30 points.\n\n## Verdicts that changed\n\nA flip is a comparison whose verdict differs between the two runs.',
          ),
          code('flips', [figure('flips', 'Safety has twenty fixed verdicts and none broken.')], 3),
          code(
            'subsets',
            [figure('subsets', 'The same by judge: on every subset but Safety the intervals overlap.')],
            4,
          ),
          markdown(
            '- 49 verdicts were fixed, 27 broken.\n- A repeated baseline run is needed to say how many flips chance makes; this study has none.',
          ),
        ]),
      },
    ],
    examples: {
      caption: 'All 24 comparisons.',
      judges: ['linear', 'linear + DPO'],
      contrasts: [{ label: 'linear + DPO against linear', before: 0, after: 1 }],
      examples: SUBSETS.flatMap(({ subset }, s) =>
        Array.from({ length: 4 }, (_, i) => ({
          id: `${subset.toLowerCase().replace(' ', '-')}:${i + 1}`,
          subset,
          flips: [['fixed', 'broken', 'right both times', 'wrong both times'][(s + i) % 4]!],
          prompt: `Write three sentences on the ${['river', 'harbour', 'bridge', 'tower'][i]} of Arlem. Do not use the letter q.`,
          responses: [
            {
              role: 'chosen' as const,
              text: i === 0 ? LONG : 'It was built in 1412. It stands on nine arches. Boats pass under the third.',
            },
            {
              role: 'rejected' as const,
              text: 'It was built in 1421, quite late. It stands on nine arches. Boats pass under the fourth.',
            },
          ],
          judgments: [
            { verdict: 'tie', passes: ['chosen', 'rejected'] },
            { verdict: 'chosen', passes: ['chosen', 'chosen'], texts: ['The first one counts the arches.', 'B'] },
          ],
        })),
      ),
    },
    methods: {
      entries: [{ label: 'Rule', value: 'consistent: both orders must name the same response' }],
      judges: {
        caption: 'Every judge as its run wrote it down.',
        columns: [
          { key: 'label', label: 'Judge', kind: 'text' },
          { key: 'model', label: 'Model', kind: 'text' },
        ],
        rows: [
          { label: 'linear', model: 'linear' },
          { label: 'linear + DPO', model: 'linear' },
        ],
      },
      prompts: [{ judges: 'linear', sha256: '4f1c09ab', text: 'Which response is better?\nAnswer A or B.' }],
    },
    files: [{ label: 'results.json', value: 'every number of this report' }],
    provenance: [
      { label: 'Study', value: 'studies/quickstart.yaml' },
      { label: 'Runs', value: 'baseline-6f1e0c2b, tuned-91b7d04a' },
      { label: 'Seeds', value: 'split 42, training 7, bootstrap 11' },
      { label: 'Dataset', value: 'sha256 4f1c09ab5f0d2c9f3be1d7a16a4c8e0b7d52f9a3c6e18b40d1f7a95c3e2b8d64' },
      { label: 'Versions', value: 'judgelab 0.1.0, Node 20.20.2, TypeScript 5.0.4 (tslab 1.0.22)' },
      { label: 'Commit', value: 'cb4a1a1, clean' },
    ],
    reproduce: 'npx --yes pnpm@10 reproduce',
    citation:
      '@misc{judgelab2026,\n  title = {Does DPO make a better judge of a log-linear policy?},\n  author = {judgelab},\n  year = {2026},\n  note = {Synthetic benchmark}\n}',
  }
}
