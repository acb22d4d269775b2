import { sep } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { ConfigError, DatasetFormatError, DownloadError } from '@judgelab/core'
import { Command, CommanderError } from 'commander'
import { EXIT } from './commands/exit-codes.js'
import { StoppedError } from './commands/stop-signal.js'
import { HandedOffError } from './study/judges/handed-off.js'
import { allowClosedPipe } from './terminal/closed-pipe.js'
import { colorsFor } from './terminal/colors.js'

/** The `judgelab` command. @param argv without node and script @returns the exit code: 0 done, 1 the work failed, 2 wrong usage, 75 files wait for vLLM, 130 stopped */
export async function main(argv: readonly string[]): Promise<number> {
  allowClosedPipe(process.stdout)
  setFlagsFromString(COLLECT_SOONER)
  if (argv[0] === 'pairs') for (const flag of IN_LITTLE_MEMORY) setFlagsFromString(flag)
  let code: number = EXIT.done
  const program = await createProgram((failed) => {
    code = failed
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    return explain(error)
  }
}

/** Memory may grow by half before it is collected, not fourfold: a long run of judgments stays small, at no measurable cost. */
const COLLECT_SOONER = '--heap-growing-percent=50'

/**
 * A million pairs go through memory one after another: what is new gets 2 MB and not up to 48, since nearly all of it is dropped
 * at once, and the rest may grow by a fifth. It must be said before the commands are loaded, which would take more.
 */
const IN_LITTLE_MEMORY = ['--semi-space-growth-factor=1', '--heap-growing-percent=20']

async function createProgram(setCode: (code: number) => void): Promise<Command> {
  const { registerCommands } = await import('./commands/register/register-commands.js')
  const { versionOf } = await import('./study/provenance.js')
  const program = new Command('judgelab')
    .description('A research workbench for LLM judges: measure, tune with DPO, measure again.')
    .version(await versionOf('judgelab'), '-V, --version', 'print the version of judgelab')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 the work failed, 2 wrong usage, 75 files wait for vLLM (then start again), 130 stopped by a signal.',
    )
  registerCommands(program, setCode)
  return program
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  process.stderr.write(`${colorsFor(process.stderr).red('judgelab:')} ${fromHere(messageOf(error))}\n`)
  if (error instanceof StoppedError) return EXIT.stopped
  if (error instanceof HandedOffError) return EXIT.handedOff
  return error instanceof ConfigError ? EXIT.usage : EXIT.failed
}

/** A message with the paths of files below the working directory as they are from there. */
function fromHere(message: string): string {
  const here = `${process.cwd()}${sep}`
  return message
    .split(here)
    .reduce((said, next) => (/[\w./\\-]$/.test(said) ? `${said}${here}${next}` : `${said}${next}`))
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
  const isOurs = [ConfigError, DatasetFormatError, DownloadError].some((kind) => error instanceof kind)
  return !isOurs || 'syscall' in cause
}
