import { createInterface } from 'node:readline/promises'
import { ConfigError } from '@judgelab/core'

/**
 * Asks on the terminal whether something that costs money may begin; with `--yes` nobody is asked.
 *
 * @throws {ConfigError} where there is no terminal to ask on, and no `--yes`
 */
export function approver(yes: boolean): (question: string) => Promise<boolean> {
  if (yes) return async () => true
  return async (question) => {
    if (!process.stdin.isTTY || !process.stderr.isTTY)
      throw new ConfigError('expected --yes to start what costs money without a terminal to ask on', question)
    const terminal = createInterface({ input: process.stdin, output: process.stderr })
    try {
      return /^y(es)?$/i.test((await terminal.question(`\n${question} [y/N] `)).trim())
    } finally {
      terminal.close()
    }
  }
}
