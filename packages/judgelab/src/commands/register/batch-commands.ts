import type { Command } from 'commander'
import { batchCancelCommand, batchCollectCommand, batchStatusCommand } from '../batch.js'
import { examples } from './examples.js'

const OF = ['<study or run>', 'a study, or a run by its id, how it begins, or its folder'] as const

export function registerBatch(program: Command): void {
  const batch = program
    .command('batch')
    .description('batches of judges with engine batch or vllm: where they are, what they answered, cancelling')
    .addHelpText('after', examples('judgelab batch status overnight', 'judgelab batch collect overnight'))
  batch
    .command('status')
    .description('where each batch is, as its service says now')
    .argument(...OF)
    .option('--json', 'print a JSON list')
    .addHelpText('after', examples('judgelab batch status overnight', 'judgelab batch status openai-gpt-5.2 --json'))
    .action(batchStatusCommand)
  batch
    .command('collect')
    .description('take what is answered into the runs; submits nothing and waits for nothing')
    .argument(...OF)
    .option('--json', 'print a JSON list')
    .addHelpText('after', examples('judgelab batch collect overnight'))
    .action(batchCollectCommand)
  batch
    .command('cancel')
    .description('cancel what is not done; what was answered can still be collected')
    .argument(...OF)
    .option('--json', 'print a JSON list')
    .addHelpText('after', examples('judgelab batch cancel overnight'))
    .action(batchCancelCommand)
}
