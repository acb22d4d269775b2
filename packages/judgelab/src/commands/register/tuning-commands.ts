import type { Command } from 'commander'
import {
  type TuneImportOptions,
  tuneCancelCommand,
  tuneDownloadCommand,
  tuneImportCommand,
  tuneRetryCommand,
  tuneStatusCommand,
  tuneWatchCommand,
} from '../tune.js'
import { examples } from './examples.js'

const STUDY = ['<study>', 'a study file, or the name of one in studies/'] as const
const NAME = ['[name]', 'the tuned judge’s name; may be left out where the study has one hosted tuning'] as const

export function registerTune(program: Command): void {
  const tune = program
    .command('tune')
    .description('tuning jobs that a study began at a service, or wrote out for other machines')
    .addHelpText(
      'after',
      examples('judgelab tune status together-2026', 'judgelab tune watch together-2026 gpt-oss+dpo'),
    )
  tune
    .command('status')
    .description('where each job of a study is')
    .argument(...STUDY)
    .option('--json', 'print a JSON list of jobs')
    .addHelpText('after', examples('judgelab tune status together-2026 --json'))
    .action(tuneStatusCommand)
  tune
    .command('watch')
    .description('wait until a job ends; Ctrl-C leaves it running')
    .argument(...STUDY)
    .argument(...NAME)
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples('judgelab tune watch together-2026 gpt-oss+dpo'))
    .action(tuneWatchCommand)
  tune
    .command('cancel')
    .description('cancel a job')
    .argument(...STUDY)
    .argument(...NAME)
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples('judgelab tune cancel together-2026 gpt-oss+dpo'))
    .action(tuneCancelCommand)
  tune
    .command('retry')
    .description('start another job in the place of one that ended as error or cancelled')
    .argument(...STUDY)
    .argument(...NAME)
    .option('--yes', 'start it, which costs money, without asking')
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples('judgelab tune retry together-2026 gpt-oss+dpo --yes'))
    .action((study: string, name: string | undefined, options: { yes?: boolean; json?: boolean }) =>
      tuneRetryCommand(study, name, options),
    )
  tune
    .command('import')
    .description('take a model that was trained elsewhere back into the study')
    .argument(...STUDY)
    .argument(...NAME)
    .requiredOption('--model <name>', 'the name that its server knows it by')
    .option('--base-url <url>', 'an OpenAI-compatible server; without it, the base judge’s')
    .option('--key-env <name>', 'the environment variable with that server’s key, where it wants one')
    .option('--metrics <file>', 'JSONL of training metrics')
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples('judgelab tune import mine --model judge-dpo --base-url http://localhost:8000/v1'))
    .action((study: string, name: string | undefined, options: TuneImportOptions) =>
      tuneImportCommand(study, name, options),
    )
  tune
    .command('download')
    .description('download the weights of a finished job')
    .argument(...STUDY)
    .argument(...NAME)
    .option('--to <file>', 'where to put them (default: beside the job)')
    .option('--merged', 'the whole model in place of the adapter')
    .addHelpText('after', examples('judgelab tune download together-2026 gpt-oss+dpo --to weights/judge.tar.zst'))
    .action((study: string, name: string | undefined, options: { to?: string; merged?: boolean }) =>
      tuneDownloadCommand(study, name, options),
    )
}
