import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runHere } from './command.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

describe('help', () => {
  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect(await runHere(newFolder(), '--version')).toMatchObject({ code: 0, stdout: `${version}\n` })
  })

  it('lists the commands, each with examples that begin with it, and says what the exit codes mean', async () => {
    const { code, stdout } = await runHere(newFolder(), '--help')
    expect(code).toBe(0)
    expect(stdout).toContain(
      'Exit codes: 0 done, 1 the work failed, 2 wrong usage, 75 files wait for vLLM (then start again), 130 stopped by a signal.',
    )
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) .*$/gm)].map(([, name]) => name as string)
    const commands = listed.filter((name) => name !== 'help')
    expect(commands).toEqual(expect.arrayContaining(['run', 'rehearse', 'judge', 'emulator', 'doctor']))
    for (const command of commands) {
      const help = await runHere(newFolder(), command, '--help')
      expect(help.code).toBe(0)
      const [, examples = ''] = help.stdout.split('Examples:\n')
      const lines = examples.trimEnd().split('\n')
      expect(lines.filter((line) => !line.startsWith(`  judgelab ${command}`))).toEqual([])
    }
  })
})

describe('wrong usage ends with 2 and says what was expected', () => {
  it.each([
    [['rnu', 'small'], "unknown command 'rnu'\n(Did you mean run?)"],
    [['run'], "missing required argument 'study'"],
    [['run', 'small', '--jsno'], "unknown option '--jsno'\n(Did you mean --json?)"],
    [['show'], "missing required argument 'run'"],
    [['run', 'smal'], 'smal: expected a study file or the name of a study (small), found none'],
    [['report', 'other.yaml'], 'other.yaml: expected a study file, found none'],
    [['report', 'small'], 'expected a finished study, found that "Tuning linear+dpo" is still to be done'],
  ])('%j', async (argv, message) => {
    const { root } = smallProject(newFolder())
    const { code, stdout, stderr } = await runHere(root, ...argv)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  it('without a command', async () => {
    const { code, stderr } = await runHere(newFolder())
    expect(code).toBe(2)
    expect(stderr).toContain('Usage: judgelab')
  })

  it('outside a project', async () => {
    const { code, stderr } = await runHere(newFolder(), 'runs')
    expect(code).toBe(2)
    expect(stderr).toContain('expected a project (a folder with studies/) here or above')
  })
})
