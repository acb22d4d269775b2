import { FAILURE_POLICIES, RULES, TIE_POLICIES } from '@judgelab/core'
import { emulatorCommand } from '@judgelab/emulator'
import type { Command } from 'commander'
import { type ClaimOptions, claimCommand } from '../claim.js'
import { compareCommand } from '../compare.js'
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
    .argument('<run>', 'a run id, how it begins, or the run’s folder')
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples('judgelab show local-longer', 'judgelab show local-linear-3fa94c21b0d2 --json'))
    .action(showCommand)
}

export function registerCompare(program: Command): void {
  program
    .command('compare')
    .description('compare runs over the same comparisons, pair by pair: differences with intervals, exact tests, Holm')
    .argument('<runs...>', 'two run ids or more, how they begin, or the runs’ folders')
    .option('--rule <rule>', `how orders combine: ${RULES.join(', ')} (default: as the study of the first run)`)
    .option('--ties <policy>', `what a tie earns: ${TIE_POLICIES.join(', ')}`)
    .option('--failures <policy>', `what a failure earns: ${FAILURE_POLICIES.join(', ')}`)
    .option('--json', 'print one JSON object: runs, and every pair with its subsets and flips')
    .option('--md', 'print Markdown tables')
    .option('--tex', 'print LaTeX tables (booktabs)')
    .option('--csv', 'print the pairs as CSV')
    .addHelpText(
      'after',
      examples('judgelab compare local-linear-64c local-linear-9b2', 'judgelab compare local-l local-s local-r --md'),
    )
    .action(compareCommand)
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
    .description(
      'check what this machine has: Node, kernel, Chromium, emulator, cache, keys (set or not, never their values)',
    )
    .option('--json', 'print a JSON list')
    .addHelpText('after', examples('judgelab doctor'))
    .action(async (options: { json?: boolean }) => {
      if (!(await doctorCommand(options))) setCode(EXIT.failed)
    })
}

/** The emulator reads its options itself, `--help` among them. */
export function registerEmulator(program: Command, setCode: SetCode): void {
  program
    .command('emulator')
    .description('a server on this machine that speaks the OpenAI and Together APIs, with faults by seed')
    .argument('[options...]')
    .helpOption(false)
    .allowUnknownOption()
    .action(async (options: readonly string[]) => setCode(await emulatorCommand(options)))
}

export function registerClaim(program: Command, setCode: SetCode): void {
  program
    .command('claim')
    .description('what a published comparison of two judges can and cannot support; 1 when a figure is impossible')
    .argument('[file]', 'a claim file: judges, subsets, counts or percentages')
    .option('--a <right>', 'right answers of the judge that is said to be better: a count, or a percentage as printed')
    .option('--b <right>', 'right answers of the other judge')
    .option('--n <comparisons>', 'comparisons that both answered')
    .option('--subset <name=a,b,n...>', 'figures of both judges for one subset, and its size; narrows what is possible')
    .option('--label-a <name>', 'what the first judge is called')
    .option('--label-b <name>', 'what the second judge is called')
    .option('--level <level>', 'coverage of intervals; tests are at 1 minus it (default: 0.95)')
    .option('--json', 'print one JSON object')
    .option('--report <file>', 'write a one-page HTML report')
    .addHelpText(
      'after',
      examples(
        'judgelab claim --a 186 --b 183 --n 297',
        'judgelab claim --a 64.29% --b 62.29% --n 350 --label-a "Skywork 27B" --label-b "Skywork 8B"',
        'judgelab claim --subset Math=25,22,29 Focus=14,9,79',
        'judgelab claim data/published/together-2026-02.claim.yaml --report claim.html',
      ),
    )
    .action(async (file: string | undefined, options: ClaimOptions) => {
      if (!(await claimCommand(file, options))) setCode(EXIT.failed)
    })
}
