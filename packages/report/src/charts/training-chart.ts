import { type ChartOptions, chart, finite, GRID, inlineData, PERCENT_LABELS, referenceLine, spread } from './parts.js'
import { textWidth } from './text-width.js'
import { BLUE, FIGURE_FONT_SIZE, FIGURE_WIDTH, QUIET } from './theme.js'
import type { JsonObject, VegaLiteSpec } from './vega-lite-spec.js'

/** A point of a training curve. */
export interface TrainingPoint {
  readonly step: number
  /** Mean loss, in nats. */
  readonly loss: number
  /** The share of pairs whose preferred output has the higher reward, in [0, 1]; null where nobody says. */
  readonly rewardAccuracy: number | null
}

/** Loss, and reward accuracy where it is known, over steps: training as a thin line, validation as points, each named at its end. */
export function trainingChart(
  steps: readonly TrainingPoint[],
  validation: readonly TrainingPoint[],
  options: ChartOptions,
): VegaLiteSpec {
  const curves = { steps, validation }
  const hasRewards = [...steps, ...validation].some(({ rewardAccuracy }) => rewardAccuracy !== null)
  return chart(
    options.finding,
    {
      spacing: 18,
      vconcat: [
        curvePanel(curves, (point) => point.loss, {
          title: 'Loss, nats',
          reference: { y: Math.LN2, label: 'untrained' },
          labelExpr: "format(datum.value, '.2f')",
          stepTitle: hasRewards ? null : 'Step',
        }),
        ...(hasRewards
          ? [
              curvePanel(curves, (point) => point.rewardAccuracy ?? Number.NaN, {
                title: 'Reward accuracy, %',
                reference: { y: 0.5, label: 'chance' },
                labelExpr: PERCENT_LABELS,
                stepTitle: 'Step',
              }),
            ]
          : []),
      ],
    },
    [...steps.map((point) => curveRow('training', point)), ...validation.map((point) => curveRow('validation', point))],
  )
}

function curveRow(curve: string, { step, loss, rewardAccuracy }: TrainingPoint): object {
  return { curve, step, loss, rewardAccuracy }
}

interface CurveLook {
  readonly title: string
  readonly reference: { readonly y: number; readonly label: string }
  readonly labelExpr: string
  readonly stepTitle: string | null
}

const HEIGHT = 150
const NAMES = { training: 'training', validation: 'validation' }
const WIDTH = Math.floor(FIGURE_WIDTH - 58 - 8 - textWidth(NAMES.validation, FIGURE_FONT_SIZE))

function curvePanel(
  { steps, validation }: { readonly steps: readonly TrainingPoint[]; readonly validation: readonly TrainingPoint[] },
  quantity: (point: TrainingPoint) => number,
  look: CurveLook,
): JsonObject {
  const toRow = (point: TrainingPoint): JsonObject => ({ step: point.step, value: finite(quantity(point)) })
  const values = [...steps, ...validation].map(quantity).filter(Number.isFinite)
  const domain = paddedDomain([...values, look.reference.y])
  const steps1 = [...steps, ...validation].map((point) => point.step)
  const x = {
    field: 'step',
    type: 'quantitative',
    scale: { domain: [Math.min(0, ...steps1), Math.max(1, ...steps1)], nice: false },
    axis: { ...GRID, grid: false, title: look.stepTitle, labels: look.stepTitle !== null, tickCount: 6 },
  }
  const axis = { ...GRID, title: look.title, labelExpr: look.labelExpr, tickCount: 4, minExtent: 36 }
  const y = { field: 'value', type: 'quantitative', scale: { domain, zero: false, nice: false }, axis }
  return {
    width: WIDTH,
    height: HEIGHT,
    layer: [
      {
        data: inlineData(steps.map(toRow)),
        mark: { type: 'line', stroke: QUIET, strokeWidth: 1, opacity: 0.6 },
        encoding: { x, y },
      },
      {
        data: inlineData(validation.map(toRow)),
        mark: { type: 'line', stroke: BLUE, strokeWidth: 2, point: { fill: BLUE, stroke: BLUE, size: 40, opacity: 1 } },
        encoding: { x, y },
      },
      ...names(steps, validation, quantity, look, domain),
    ],
  }
}

/** The names at the curves' ends and the reference line's, moved apart where they would overlap. */
function names(
  steps: readonly TrainingPoint[],
  validation: readonly TrainingPoint[],
  quantity: (point: TrainingPoint) => number,
  { reference }: CurveLook,
  [low, high]: readonly [number, number],
): JsonObject[] {
  const ends = [
    { text: NAMES.training, colour: QUIET, at: steps.length === 0 ? undefined : quantity(steps.at(-1)!) },
    { text: NAMES.validation, colour: BLUE, at: validation.length === 0 ? undefined : quantity(validation.at(-1)!) },
    { text: reference.label, colour: QUIET, at: reference.y },
  ].filter((end) => end.at !== undefined && Number.isFinite(end.at))
  const belongs = ends.map((end) => ((high - end.at!) / (high - low)) * HEIGHT)
  const placed = spread(belongs, FIGURE_FONT_SIZE + 2, [4, HEIGHT - 4])
  const [line] = referenceLine({ y: reference.y }, '', {
    width: WIDTH,
    scale: { type: 'quantitative' },
  }) as JsonObject[]
  return [
    line!,
    {
      data: inlineData(ends.map((end, i) => ({ text: end.text, y: placed[i]!, colour: end.colour }))),
      mark: { type: 'text', align: 'left', baseline: 'middle', dx: 8 },
      encoding: {
        x: { value: WIDTH },
        y: { field: 'y', type: 'quantitative', scale: null, axis: null },
        text: { field: 'text', type: 'nominal' },
        fill: { field: 'colour', type: 'nominal', scale: null },
      },
    },
  ]
}

/** The range with a little air. Curves are read by their course, so the axis need not start at zero. */
function paddedDomain(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const air = 0.08 * (high - low || 0.1)
  return [Number((low - air).toFixed(6)), Number((high + air).toFixed(6))]
}
