import OpenAI from 'openai'
import { describe, expect, it, vi } from 'vitest'
import { emulatorCommand } from '../src/index.js'

/** Runs the command until `use` is done with it; what it wrote is what `use` is given. */
async function run(
  args: readonly string[],
  use: (said: string) => Promise<void> = async () => {},
): Promise<{ readonly code: number; readonly said: string; readonly complained: string }> {
  const said: string[] = []
  const complained: string[] = []
  const stop = new AbortController()
  const spoken = new Promise<string>((resolve) => {
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said.push(String(text))
      resolve(String(text))
      return true
    })
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean(complained.push(String(text))))
  try {
    const running = emulatorCommand(args, stop.signal)
    const ended = running.then(() => undefined)
    const first = await Promise.race([spoken, ended])
    if (first?.startsWith('{')) await use(first)
    stop.abort()
    return { code: await running, said: said.join(''), complained: complained.join('') }
  } finally {
    vi.restoreAllMocks()
  }
}

describe('the command', () => {
  it('says where it listens, takes faults and a key by flag, and ends with 0', async () => {
    const flags = [
      '--json',
      '--key',
      'k',
      '--fault',
      'overloaded=1',
      '--job-fault',
      'tuning-error=0.5',
      '--latency',
      '1',
      '--step',
      '5',
    ]
    const { code } = await run(flags, async (said) => {
      const { openAiUrl, pid } = JSON.parse(said) as { readonly openAiUrl: string; readonly pid: number }
      expect(pid).toBe(process.pid)
      const openai = new OpenAI({ apiKey: 'k', baseURL: openAiUrl, maxRetries: 0 })
      const asked = openai.chat.completions.create({
        model: 'gpt-4.1-2025-04-14',
        messages: [{ role: 'user', content: 'x' }],
      })
      await expect(asked).rejects.toMatchObject({ status: 529 })
    })
    expect(code).toBe(0)
  })

  it.each([
    [['--fault', 'thunder=1'], 'needs faults among'],
    [['--fault', 'reset'], '--fault needs a number'],
    [['--fault', 'reset=0.7', '--fault', 'stalled=0.7'], 'add up to at most 1'],
    [['--answer', 'wisely'], '--answer needs judge or fixed'],
    [['--colour'], 'Unknown option'],
  ])('refuses %j with code 2 and the help', async (flags, message) => {
    const { code, complained } = await run(flags)
    expect(code).toBe(2)
    expect(complained).toContain(message)
    expect(complained).toContain('Usage: judgelab emulator')
  })

  it('helps', async () => {
    const { code, said } = await run(['--help'])
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('lines-foreign') })
  })
})
