import { ConfigError, DatasetFormatError } from '@judgelab/core'
import { Command, CommanderError } from 'commander'
import { auditCommand } from './commands/audit.js'
import { doctorCommand } from './commands/doctor.js'
import { EXIT } from './commands/exit-codes.js'
import { runCommand } from './commands/run.js'
import { runsCommand } from './commands/runs.js'
import { showCommand } from './commands/show.js'
import { sqlCommand } from './commands/sql.js'
import { StoppedError } from './commands/stop-signal.js'
import { allowClosedPipe } from './terminal/closed-pipe.js'
import { colorsFor } from './terminal/colors.js'

/** The `judgelab` command. @param argv without node and script @returns the exit code: 0 done, 1 the work failed, 2 wrong usage, 130 stopped */
export async function main(argv: readonly string[]): Promise<number> {
  allowClosedPipe(process.stdout)
  let code: number = EXIT.done
  const program = createProgram((failed) => {
    code = failed
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    return explain(error)
  }
}

function createProgram(setCode: (code: number) => void): Command {
  const program = new Command('judgelab')
    .description('A research workbench for LLM judges: measure, tune with DPO, measure again.')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', '\nExit codes: 0 done, 1 the work failed, 2 wrong usage, 130 stopped by a signal.')

  program
    .command('run')
    .description('run a study: benchmark, split, pairs, tuning, judging, results, notebooks, page')
    .argument('<study>', 'a study file, or the name of one in studies/')
    .option('--no-report', 'leave out notebooks and page')
    .option('--json', 'print one JSON object: answer, page, results')
    .addHelpText('after', examples('judgelab run quickstart', 'judgelab run studies/llmbar-replay.yaml --json'))
    .action((study: string, options: { report: boolean; json?: boolean }) =>
      runCommand(study, { json: options.json, withReport: options.report, mayLabour: true }),
    )
  program
    .command('report')
    .description('render the report of a study whose runs are finished; never asks a judge')
    .argument('<study>', 'a study file, or the name of one in studies/')
    .option('--json', 'print one JSON object: answer, page, results')
    .addHelpText('after', examples('judgelab report quickstart'))
    .action((study: string, options: { json?: boolean }) =>
      runCommand(study, { ...options, withReport: true, mayLabour: false }),
    )
  program
    .command('audit')
    .description('look for what stands on both sides of a study’s split and pairs; 1 when there is a leak')
    .argument('<study>', 'a study file, or the name of one in studies/')
    .option('--json', 'print one JSON object: every finding with counts and cases')
    .addHelpText('after', examples('judgelab audit quickstart', 'judgelab audit studies/quickstart.yaml --json'))
    .action(async (study: string, options: { json?: boolean }) => {
      if (!(await auditCommand(study, options))) setCode(EXIT.failed)
    })
  program
    .command('sql')
    .description('ask the files of this project in SQL: splits, examples, pairs, runs, judgments, verdicts')
    .argument('<statement>', 'a statement as DuckDB takes it')
    .option('--json', 'print a JSON list of rows')
    .addHelpText(
      'after',
      examples(
        'judgelab sql "select judge, subset, avg(credit) from verdicts where study = \'quickstart\' group by all order by all"',
        'judgelab sql "describe judgments" --json',
      ),
    )
    .action(sqlCommand)
  program
    .command('runs')
    .description('list the runs of this project')
    .option('--json', 'print a JSON list')
    .addHelpText('after', examples('judgelab runs', 'judgelab runs --json'))
    .action(runsCommand)
  program
    .command('show')
    .description('show one run: judge, data, what was answered, what failed')
    .argument('<run>', 'a run id, or how it begins')
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples('judgelab show local-linear', 'judgelab show local-linear-3fa94c21b0d2 --json'))
    .action(showCommand)
  program
    .command('doctor')
    .description('check what this machine has: Node, kernel, Chromium, keys (set or not, never their values)')
    .option('--json', 'print a JSON list')
    .addHelpText('after', examples('judgelab doctor'))
    .action(async (options: { json?: boolean }) => {
      if (!(await doctorCommand(options))) setCode(EXIT.failed)
    })
  return program
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  process.stderr.write(`${colorsFor(process.stderr).red('judgelab:')} ${messageOf(error)}\n`)
  if (error instanceof StoppedError) return EXIT.stopped
  return error instanceof ConfigError ? EXIT.usage : EXIT.failed
}

/** The message with its causes; for an error that nobody foresaw, where it came from. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isForeseen = !['TypeError', 'ReferenceError', 'SyntaxError'].includes(error.name)
  const text = isForeseen ? error.message : (error.stack ?? error.message)
  const { cause } = error
  return cause instanceof Error && !text.includes(cause.message) && saysMore(error, cause)
    ? `${text}\n  because ${messageOf(cause)}`
    : text
}

/** What a validator or parser said is in our own errors' words already; what the system said is not. */
function saysMore(error: Error, cause: Error): boolean {
  return !(error instanceof ConfigError || error instanceof DatasetFormatError) || 'syscall' in cause
}
