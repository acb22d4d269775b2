import type { Table } from '@judgelab/analysis'
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
  readonly examples: ReportExamples
  readonly methods: ReportMethods
  readonly provenance: readonly Labelled[]
  /** Files that stand beside the pages: path below the report's folder, and what is in it. */
  readonly files: readonly Labelled[]
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

/** A notebook as a page. `id` is its anchor and should stay the same from one report to the next. */
export interface ReportSection {
  readonly id: string
  readonly title: string
  readonly notebook: ExecutedNotebook
}

/** How the numbers were made: from the study, and from what each run wrote down. */
export interface ReportMethods {
  /** Rule, policies, tests. */
  readonly entries: readonly Labelled[]
  /** One row a judge, from the manifests of their runs. */
  readonly judges: Table
  readonly prompts: readonly ReportPrompt[]
}

/** A judging prompt in full, and who was asked with it. */
export interface ReportPrompt {
  readonly judges: string
  readonly sha256: string
  readonly text: string
}

/** The examples that can be looked through, and what they are compared by. */
export interface ReportExamples {
  /** Which examples these are, and of how many. */
  readonly caption?: string | undefined
  readonly judges: readonly string[]
  /** Pairs of judges whose verdicts are compared; the first one is shown first. */
  readonly contrasts: readonly ExampleContrast[]
  readonly examples: readonly ReportExample[]
}

/** Two of the judges, by their places. */
export interface ExampleContrast {
  readonly label: string
  readonly before: number
  readonly after: number
}

/** A benchmark example with what judges said of it. */
export interface ReportExample {
  readonly id: string
  readonly subset: string
  readonly prompt: string
  readonly responses: readonly { readonly text: string; readonly role: 'chosen' | 'rejected' }[]
  /** One for each judge, in their order; nothing where a judge was not asked. */
  readonly judgments: readonly (ExampleJudgment | null)[]
  /** For each contrast, how the verdict changed: `fixed`, `broken`, `right both times` … */
  readonly flips: readonly string[]
}

/** What a judge said of an example. */
export interface ExampleJudgment {
  readonly verdict: string
  /** What each order said by itself. */
  readonly passes: readonly string[]
  /** What the judge wrote in each order, where it wrote anything. */
  readonly texts?: readonly string[] | undefined
}
