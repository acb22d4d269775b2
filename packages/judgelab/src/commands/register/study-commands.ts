import type { Command } from 'commander'
import { auditCommand } from '../audit.js'
import { EXIT } from '../exit-codes.js'
import { rehearseCommand } from '../rehearse.js'
import { runCommand } from '../run.js'
import { examples } from './examples.js'
import type { SetCode } from './register-commands.js'

const STUDY = ['<study>', 'a study file, or the name of one in studies/'] as const

export function registerRun(program: Command): void {
  program
    .command('run')
    .description('run a study: benchmark, split, pairs, tuning, judging, results, notebooks, page')
    .argument(...STUDY)
    .option('--no-report', 'leave out notebooks and page')
    .option('--retry-failed', 'ask those again whose judgment failed')
    .option('--json', 'print one JSON object: answer, page, results')
    .addHelpText('after', examples('judgelab run quickstart', 'judgelab run studies/llmbar-replay.yaml --json'))
    .action(
      (study: string, { report, json, retryFailed }: { report: boolean; json?: boolean; retryFailed?: boolean }) =>
        runCommand(study, { json, withReport: report, retryFailed, mayLabour: true }),
    )
}

export function registerRehearse(program: Command): void {
  program
    .command('rehearse')
    .description('run a study whole against the emulator: no key, no network, nothing paid; everything says so')
    .argument(...STUDY)
    .option('--no-report', 'leave out notebooks and page')
    .option('--json', 'print one JSON object: answer, page, results')
    .addHelpText(
      'after',
      examples('judgelab rehearse together-2026', 'judgelab rehearse together-2026 --no-report --json'),
    )
    .action((study: string, options: { report: boolean; json?: boolean }) => rehearseCommand(study, options))
}

export function registerReport(program: Command): void {
  program
    .command('report')
    .description('render the report of a study whose runs are finished; never asks a judge')
    .argument(...STUDY)
    .option('--json', 'print one JSON object: answer, page, results')
    .addHelpText('after', examples('judgelab report quickstart'))
    .action((study: string, options: { json?: boolean }) =>
      runCommand(study, { ...options, withReport: true, mayLabour: false }),
    )
}

export function registerAudit(program: Command, setCode: SetCode): void {
  program
    .command('audit')
    .description('look for what stands on both sides of a study’s split and pairs; 1 when there is a leak')
    .argument(...STUDY)
    .option('--json', 'print one JSON object: every finding with counts and cases')
    .addHelpText('after', examples('judgelab audit quickstart', 'judgelab audit studies/quickstart.yaml --json'))
    .action(async (study: string, options: { json?: boolean }) => {
      if (!(await auditCommand(study, options))) setCode(EXIT.failed)
    })
}
