import type { Command } from 'commander'
import { doctorCommand } from '../doctor.js'
import { EXIT } from '../exit-codes.js'
import { type FetchLlmbarOptions, fetchLlmbarCommand } from '../fetch.js'
import { runsCommand } from '../runs.js'
import { showCommand } from '../show.js'
import { sqlCommand } from '../sql.js'
import { examples } from './examples.js'
import type { SetCode } from './register-commands.js'

export function registerSql(program: Command): void {
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
}

export function registerRuns(program: Command): void {
  program
    .command('runs')
    .description('list the runs of this project')
    .option('--json', 'print a JSON list')
    .addHelpText('after', examples('judgelab runs', 'judgelab runs --json'))
    .action(runsCommand)
}

export function registerShow(program: Command): void {
  program
    .command('show')
    .description('show one run: judge, data, what was answered, what failed')
    .argument('<run>', 'a run id, or how it begins')
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples('judgelab show local-longer', 'judgelab show local-linear-3fa94c21b0d2 --json'))
    .action(showCommand)
}

export function registerFetch(program: Command): void {
  program
    .command('fetch')
    .description('fetch a benchmark that studies read from a folder')
    .addHelpText('after', examples('judgelab fetch llmbar', 'judgelab fetch llmbar --to data/llmbar'))
    .command('llmbar')
    .description('LLMBar, with its licence, from its repository at a fixed commit; what is there is not fetched again')
    .option('--to <folder>', 'where to put it (default: data/llmbar of the project)')
    .option('--judge <names...>', 'recorded verdicts of these judges too, as GPT-4/Vanilla')
    .option('--from <url>', 'a mirror of the repository’s files, with the commit as the next step of the path')
    .option('--json', 'print one JSON object: folder, commit, examples, files')
    .addHelpText(
      'after',
      examples('judgelab fetch llmbar', 'judgelab fetch llmbar --to data/llmbar --judge GPT-4/Vanilla ChatGPT/Vanilla'),
    )
    .action((options: FetchLlmbarOptions) => fetchLlmbarCommand(options))
}

export function registerDoctor(program: Command, setCode: SetCode): void {
  program
    .command('doctor')
    .description('check what this machine has: Node, kernel, Chromium, keys (set or not, never their values)')
    .option('--json', 'print a JSON list')
    .addHelpText('after', examples('judgelab doctor'))
    .action(async (options: { json?: boolean }) => {
      if (!(await doctorCommand(options))) setCode(EXIT.failed)
    })
}
