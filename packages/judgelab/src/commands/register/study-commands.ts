import { PAIR_STRATEGIES } from '@judgelab/core'
import { EXPORT_FORMATS } from '@judgelab/dpo'
import type { Command } from 'commander'
import { auditCommand } from '../audit.js'
import { type EstimateOptions, estimateCommand } from '../estimate.js'
import { EXIT } from '../exit-codes.js'
import { judgeCommand } from '../judge.js'
import type { JudgeOptions } from '../judge-request.js'
import { type PairsOptions, pairsCommand } from '../pairs.js'
import { type RehearseCommandOptions, rehearseCommand } from '../rehearse.js'
import { runCommand } from '../run.js'
import { verifySplitCommand } from '../verify-split.js'
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
    .option('--yes', 'start tuning jobs and dedicated endpoints, which cost money, without asking')
    .option('--json', 'print one JSON object: answer, page, results')
    .addHelpText('after', examples('judgelab run quickstart', 'judgelab run studies/llmbar-replay.yaml --json'))
    .action(
      (
        study: string,
        { report, ...options }: { report: boolean; json?: boolean; retryFailed?: boolean; yes?: boolean },
      ) => runCommand(study, { ...options, withReport: report, mayLabour: true }),
    )
}

export function registerJudge(program: Command): void {
  program
    .command('judge')
    .description('run one judge over one benchmark, without a study file; keys come from the environment only')
    .argument('<benchmark>', 'builtin, reward-bench-2 …, or a file of yours with --columns')
    .requiredOption('--judge <provider:model>', 'who judges, as openai:gpt-5.2 or local:linear')
    .option('--path <path>', 'where the benchmark’s files are, for a benchmark by name')
    .option('--columns <map>', 'field=column of your file, as prompt=question,chosen=better,rejected=worse')
    .option('--problems <policy>', 'rows that cannot be used: strict (stop) or report (leave them out and count them)')
    .option('--base-url <url>', 'an OpenAI-compatible server')
    .option('--key-env <name>', 'the environment variable with the key')
    .option('--mode <mode>', 'pairwise, best-of-n, rating or classify')
    .option('--prompt <name>', 'a prompt of prompts/, or a file')
    .option('--decision <form>', 'label, structured or logprobs')
    .option('--blind', 'hide the user’s prompt from the judge')
    .option('--setting <name=value...>', 'sampling and provider settings, as temperature=0.7')
    .option('--rule <rule>', 'how the orders combine')
    .option('--orders <orders>', 'both, first or random')
    .option('--ties <policy>', 'what a tie earns: wrong, half or excluded')
    .option('--concurrency <n>', 'calls under way at once')
    .option('--limit <n>', 'judge the first n comparisons only')
    .option('--repeats <k>', 'ask each presentation k times')
    .option('--max-cost <usd>', 'never spend more')
    .option('--max-requests <n>', 'never send more')
    .option(
      '--engine <engine>',
      'online, batch (in files, by the provider’s batch service) or vllm (files for vllm run-batch)',
    )
    .option('--run <folder>', 'the run’s folder (default: runs/<run id>)')
    .option('--retry-failed', 'ask those again whose judgment failed')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      examples(
        'judgelab judge builtin --judge local:linear',
        'judgelab judge reward-bench-2 --judge together:openai/gpt-oss-120b --limit 100 --max-cost 1',
        'judgelab judge pairs.csv --columns prompt=question,chosen=better,rejected=worse --judge openai-compatible:my-model --base-url http://localhost:8000/v1',
      ),
    )
    .action((benchmark: string, options: JudgeOptions) => judgeCommand(benchmark, options))
}

export function registerEstimate(program: Command): void {
  program
    .command('estimate')
    .description(
      'what a study’s judges and tunings will use, cost and take, online and in batches, before anything is asked',
    )
    .argument(...STUDY)
    .option('--built-in', 'count on the built-in benchmark in place of the study’s own')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      examples('judgelab estimate together-2026', 'judgelab estimate together-2026 --built-in --json'),
    )
    .action((study: string, options: EstimateOptions) => estimateCommand(study, options))
}

export function registerRehearse(program: Command): void {
  program
    .command('rehearse')
    .description('run a study whole against the emulator: no key, no network, nothing paid; everything says so')
    .argument(...STUDY)
    .option('--no-report', 'leave out notebooks and page')
    .option('--pdf', 'print the pages as reports/<study>.rehearsal/report.pdf too, through Chromium')
    .option('--json', 'print one JSON object: answer, page, results')
    .addHelpText(
      'after',
      examples('judgelab rehearse together-2026', 'judgelab rehearse together-2026 --no-report --json'),
    )
    .action((study: string, options: RehearseCommandOptions) => rehearseCommand(study, options))
}

export function registerReport(program: Command): void {
  program
    .command('report')
    .description('render the report of a study whose runs are finished; never asks a judge')
    .argument(...STUDY)
    .option('--pdf', 'print the pages as reports/<study>/report.pdf too, through Chromium')
    .option('--json', 'print one JSON object: answer, page, results')
    .addHelpText('after', examples('judgelab report quickstart', 'judgelab report quickstart --pdf'))
    .action((study: string, { json, pdf }: { json?: boolean; pdf?: boolean }) =>
      runCommand(study, { json, withPdf: pdf, withReport: true, mayLabour: false }),
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

export function registerVerifySplit(program: Command, setCode: SetCode): void {
  program
    .command('verify-split')
    .description('draw the split of a file again from a study’s benchmark, and say what differs; 1 when something does')
    .argument('<file>', 'a split file, as artifacts/<study>/split.json')
    .argument(...STUDY)
    .option('--json', 'print one JSON object: same or not, and each difference')
    .addHelpText('after', examples('judgelab verify-split artifacts/quickstart/split.json quickstart'))
    .action(async (file: string, study: string, options: { json?: boolean }) => {
      if (!(await verifySplitCommand(file, study, options))) setCode(EXIT.failed)
    })
}

export function registerPairs(program: Command): void {
  program
    .command('pairs')
    .description('build the preference pairs of a study, with a data card, and export them for what trains')
    .argument(...STUDY)
    .option('--strategy <names...>', `other strategies than the study's: ${PAIR_STRATEGIES.join(', ')}`)
    .option('--export <formats...>', `write for ${EXPORT_FORMATS.join(', ')}`)
    .option('--out <folder>', 'where to (default: artifacts/<study>/pairs-export)')
    .option('--model <name>', 'the model that TRL is to train (default: the study’s hosted tuning’s)')
    .option('--leave-out', 'leave out pairs that a format refuses, and count them, where otherwise they end the export')
    .option('--drop-weights', 'export without weights where a format has none')
    .option('--json', 'print one JSON object: card and exported files')
    .addHelpText(
      'after',
      examples(
        'judgelab pairs quickstart',
        'judgelab pairs quickstart --export together trl-conversational --out pairs',
      ),
    )
    .action((study: string, options: PairsOptions) => pairsCommand(study, options))
}
