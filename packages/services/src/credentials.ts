import { ConfigError } from '@judgelab/core'

/** Providers with an address and a key of their own. */
export type HostedProvider = 'openai' | 'together'

const KEY_NAMES: Readonly<Record<HostedProvider, string>> = { openai: 'OPENAI_API_KEY', together: 'TOGETHER_API_KEY' }

/**
 * The key of a provider, from the environment and from nowhere else.
 *
 * @param env the environment; a key's value goes into requests only, never into anything that is stored or printed
 * @throws {ConfigError} naming the variable that is not set
 */
export function keyOf(
  provider: HostedProvider,
  env: Readonly<Record<string, string | undefined>>,
  keyEnv: string = KEY_NAMES[provider],
): string {
  const key = env[keyEnv]?.trim()
  if (key !== undefined && key !== '') return key
  throw new ConfigError(`expected the key of ${provider} in the environment, found it not set`, keyEnv)
}
