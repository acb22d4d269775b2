import type { ExecutedNotebook } from '../notebook/notebook.js'

/** Everything that a report shows, as plain data. All texts are taken as text, whoever wrote them. */
export interface ReportInput {
  readonly title: string
  readonly question: string
  /** One sentence with number, interval, p and n. */
  readonly answer: string
  readonly facts: readonly Labelled[]
  /** What must not be overlooked, such as `synthetic`; the first of the facts. */
  readonly notice?: string | undefined
  readonly headline: { readonly svg: string; readonly caption: string }
  readonly sections: readonly ReportSection[]
  readonly examples: readonly ReportExample[]
  /** Which examples these are, and of how many. */
  readonly examplesCaption?: string | undefined
  /** How the numbers were made: rule, policies, tests. */
  readonly methods: readonly Labelled[]
  readonly provenance: readonly Labelled[]
  /** The command that makes this report again. */
  readonly reproduce: string
  /** BibTeX. */
  readonly citation: string
}

/** A value and what it is. */
export interface Labelled {
  readonly label: string
  readonly value: string
}

/** A notebook as a section. `id` is its anchor and should stay the same from one report to the next. */
export interface ReportSection {
  readonly id: string
  readonly title: string
  readonly notebook: ExecutedNotebook
}

/** A benchmark example with what judges said of it. */
export interface ReportExample {
  readonly id: string
  readonly subset: string
  readonly prompt: string
  readonly responses: readonly { readonly text: string; readonly role: 'chosen' | 'rejected' }[]
  readonly judgments: readonly ExampleJudgment[]
  /** How the verdict changed: `fixed`, `broken`, `kept right` … */
  readonly flip: string
}

/** What a judge said before and after tuning. */
export interface ExampleJudgment {
  readonly judge: string
  readonly before: string
  readonly after?: string | undefined
}
