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
  return keyNamed(keyEnv, provider, env)
}

/**
 * The key in a variable of the environment.
 *
 * @param whose what the key opens, for the error
 * @throws {ConfigError} naming the variable that is not set, or holds what cannot be sent as a key
 */
export function keyNamed(variable: string, whose: string, env: Readonly<Record<string, string | undefined>>): string {
  const key = env[variable]?.trim() ?? ''
  if (key === '') throw new ConfigError(`expected the key of ${whose} in the environment, found it not set`, variable)
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new ConfigError(
      `expected a key of ${whose} without white space and letters beyond ASCII, found some`,
      variable,
    )
  return key
}
