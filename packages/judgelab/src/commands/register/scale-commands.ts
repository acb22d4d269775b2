import type { Command } from 'commander'
import { packCommand } from '../pack.js'
import { type ScoreOptions, scoreCommand } from '../score.js'
import { examples } from './examples.js'

export function registerScore(program: Command): void {
  program
    .command('score')
    .description('score runs of any size by subset and against each other, in SQL, in little memory')
    .argument('<run or log...>', 'runs by id or folder, or logs: JSONL or Parquet, any path that DuckDB reads')
    .option('--examples <file>', 'JSONL or Parquet with id and subset (default: what a study of the project wrote)')
    .option(
      '--comparisons <file>',
      'JSONL or Parquet with id, exampleId, chosen, rejected; ratings and classes need it',
    )
    .option('--rule <rule>', 'how the orders combine (default: consistent)')
    .option('--ties <policy>', 'wrong, half or excluded (default: wrong)')
    .option('--failures <policy>', 'wrong or excluded (default: wrong)')
    .option('--orders <orders>', 'which were asked: both, first or random (default: both)')
    .option('--order-seed <seed>', 'of random orders (default: 0)')
    .option('--repeats <k>', 'how often each presentation was asked (default: 1)')
    .option('--memory <megabytes>', 'what DuckDB may take; the rest goes to a temporary folder (default: 500)')
    .option('--json', 'print one JSON object')
    .option('--md', 'print Markdown tables')
    .addHelpText(
      'after',
      examples(
        'judgelab score openai-gpt-5.2 together-openai-gpt-oss-120b',
        'judgelab score night-1.parquet night-2.parquet --examples examples.jsonl --rule together',
      ),
    )
    .action((named: readonly string[], options: ScoreOptions) => scoreCommand(named, options))
}

export function registerPack(program: Command): void {
  program
    .command('pack')
    .description('write a run’s log as Parquet: a fraction of its size, every field of every line')
    .argument('<run>', 'a run id, how it begins, or the run’s folder')
    .option('--to <file>', 'where to write it (default: judgments.parquet in the run’s folder)')
    .option('--json', 'print one JSON object')
    .addHelpText('after', examples('judgelab pack openai-gpt-5.2', 'judgelab pack openai-gpt-5.2 --to night-1.parquet'))
    .action(packCommand)
}
