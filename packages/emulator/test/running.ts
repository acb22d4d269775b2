import OpenAI from 'openai'
import Together from 'together-ai'
import { onTestFinished } from 'vitest'
import { EMULATOR_KEY, type Emulator, type EmulatorOptions, startEmulator } from '../src/index.js'

/** An emulator that lives as long as the test, and both SDKs on it, without retries. */
export interface Running {
  readonly emulator: Emulator
  readonly openai: OpenAI
  readonly together: Together
}

export async function running(options: EmulatorOptions = {}): Promise<Running> {
  const emulator = await startEmulator({ now: () => 1_767_225_600_000, ...options })
  onTestFinished(() => emulator.close())
  const settings = { apiKey: EMULATOR_KEY, maxRetries: 0, timeout: 5_000 }
  return {
    emulator,
    openai: new OpenAI({ ...settings, baseURL: emulator.openAiUrl }),
    together: new Together({ ...settings, baseURL: emulator.togetherUrl }),
  }
}

/** What a promise was rejected with. */
export async function rejection(promise: PromiseLike<unknown>): Promise<{
  readonly name: string
  readonly message: string
  readonly status?: number
  readonly code?: string
  readonly headers?: Headers
}> {
  try {
    await promise
  } catch (error) {
    return error as Error
  }
  throw new Error('rejection needs a promise that is rejected, got one that was kept')
}
