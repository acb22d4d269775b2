import { DatasetFormatError, type ProblemPolicy } from '@judgelab/core'
import type { DataProblem, DataReport, NoteKind, SkipKind } from './problem.js'

/** How many problems are listed one by one. */
const LISTED = 10

/** Collects what is wrong and what is odd while a source is read. */
export interface ProblemLog {
  readonly policy: ProblemPolicy
  /** Counts a row. */
  row(): void
  /** A row that is left out. */
  skip(problem: DataProblem): void
  /** A row that is left out because the researcher said so; never a problem. */
  leaveOut(kind: SkipKind): void
  /** An example that is kept. */
  note(kind: NoteKind): void
  /** True once something is wrong that the policy does not allow. */
  isBroken(): boolean
  report(): DataReport
  /** @throws {DatasetFormatError} under the policy `strict`, if anything is wrong: the first ten and how many there are */
  check(): void
}

/** @param options.isOnlyPolicy true where nobody can choose another one, so that the error does not advise it */
export function createProblemLog(
  policy: ProblemPolicy,
  { isOnlyPolicy = false }: { readonly isOnlyPolicy?: boolean } = {},
): ProblemLog {
  const skipped = new Map<SkipKind, number>()
  const notes = new Map<NoteKind, number>()
  const problems: DataProblem[] = []
  let rows = 0
  let wrong = 0
  return {
    policy,
    row: () => {
      rows++
    },
    skip: (problem) => {
      wrong++
      count(skipped, problem.kind)
      if (problems.length < LISTED) problems.push(problem)
    },
    leaveOut: (kind) => count(skipped, kind),
    note: (kind) => count(notes, kind),
    isBroken: () => policy === 'strict' && wrong > 0,
    report: () => ({
      policy,
      rows,
      skipped: Object.fromEntries(skipped),
      notes: Object.fromEntries(notes),
      problems: [...problems],
    }),
    check: () => {
      if (policy === 'strict' && wrong > 0) throw problemsError(problems, wrong, isOnlyPolicy)
    },
  }
}

function count<Kind>(counts: Map<Kind, number>, kind: Kind): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1)
}

/** One error for all problems: the first is its own, nine more follow, then the total. */
function problemsError(problems: readonly DataProblem[], total: number, isOnlyPolicy: boolean): DatasetFormatError {
  const [first, ...others] = problems as [DataProblem, ...DataProblem[]]
  const rest = others.map((problem) => `\n  ${describeProblem(problem)}`).join('')
  const more = total > problems.length ? `\n  and ${total - problems.length} more` : ''
  const [counted, rows] =
    total === 1 ? ['problem', 'this row out and count it'] : ['problems', 'these rows out and count them']
  const advice = isOnlyPolicy ? '' : `; \`problems: report\` would leave ${rows}`
  return new DatasetFormatError(`${first.message}${rest}${more}\n  ${total} ${counted} in all${advice}`, {
    ...first.where,
    field: first.field,
  })
}

/** A problem in one line: file, line, field, what was expected and found. */
export function describeProblem({ where, field, message }: DataProblem): string {
  const line = where.line === undefined ? '' : `:${where.line}`
  return `${where.file}${line}:${field === undefined ? '' : ` ${field}:`} ${message}`
}
