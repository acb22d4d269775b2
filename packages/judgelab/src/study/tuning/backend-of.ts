import { createTogetherBackend, createTrlBackend, type TuningBackend } from '@judgelab/dpo'
import { createTogetherClient, keyOf, type TogetherClient } from '@judgelab/services'
import type { StudyContext } from '../context.js'

/** A client of Together for the study's account, or of the emulator in a rehearsal. @throws {ConfigError} for a missing key */
export function togetherClient({ env, standIn }: Pick<StudyContext, 'env' | 'standIn'>): TogetherClient {
  const emulated = standIn?.('together')
  return emulated === undefined
    ? createTogetherClient({ apiKey: keyOf('together', env), baseUrl: env.TOGETHER_BASE_URL })
    : createTogetherClient({ apiKey: emulated.key, baseUrl: emulated.baseUrl })
}

/** What tunes a hosted judge. In a rehearsal TRL's part is played by the emulator too. */
export function backendOf(context: Pick<StudyContext, 'env' | 'standIn'>, backend: 'together' | 'trl'): TuningBackend {
  return backend === 'together' || context.standIn !== undefined
    ? createTogetherBackend(togetherClient(context))
    : createTrlBackend()
}
