import { textWidth } from './text-width.js'
import { FIGURE_FONT_SIZE } from './theme.js'

/** A mark with a name, in px from the left and the top of the plot, and how far its interval reaches up and down. */
export interface NamedMark {
  readonly label: string
  readonly x: number
  readonly y: number
  readonly top: number
  readonly bottom: number
}

/** Where a name stands beside its mark: its middle is `dy` px below the mark, its near end `dx` px beside it. */
export interface LabelPlace {
  readonly align: 'left' | 'right'
  readonly dx: number
  readonly dy: number
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const GAP = 9

/** Above and below the mark, on the right before the left, then farther away. */
const PLACES: readonly LabelPlace[] = [13, 22, 33, 45].flatMap((away) =>
  (['left', 'right'] as const).flatMap((align) =>
    [-away, away].map((dy): LabelPlace => ({ align, dx: align === 'left' ? GAP : -GAP, dy })),
  ),
)

/**
 * A place for each name, in the order of the marks, each the first one at which it lies on no mark, no interval and no name
 * that was placed before, and inside the plot; the first place of all where there is none such.
 */
export function placeLabels(
  marks: readonly NamedMark[],
  plot: { readonly width: number; readonly height: number },
): LabelPlace[] {
  const taken = marks.map(
    ({ x, y, top, bottom }): Box => ({
      left: x - 6,
      right: x + 6,
      top: Math.min(top, y - 6),
      bottom: Math.max(bottom, y + 6),
    }),
  )
  return marks.map((mark) => {
    const free = PLACES.find((place) => {
      const box = boxOf(mark, place)
      const isInside = box.left >= 0 && box.right <= plot.width && box.top >= 0 && box.bottom <= plot.height
      return isInside && !taken.some((other) => isOver(box, other))
    })
    const place = free ?? (PLACES[0] as LabelPlace)
    taken.push(boxOf(mark, place))
    return place
  })
}

function boxOf({ label, x, y }: NamedMark, { align, dx, dy }: LabelPlace): Box {
  const near = x + dx
  const far = near + (align === 'left' ? 1 : -1) * textWidth(label, FIGURE_FONT_SIZE)
  const half = FIGURE_FONT_SIZE / 2 + 1
  return { left: Math.min(near, far), right: Math.max(near, far), top: y + dy - half, bottom: y + dy + half }
}

function isOver(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
