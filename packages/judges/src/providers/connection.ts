import { ConfigError, type Provider, type StudyJudge } from '@judgelab/core'
import { keyNamed } from '@judgelab/services'

/** What of a judge says where it is and which key opens it. */
export type Reached = Pick<StudyJudge, 'name' | 'provider' | 'baseUrl' | 'keyEnv'>

/** Environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Where the services are that have one address. */
const BASE_URLS: Readonly<Partial<Record<Provider, string>>> = {
  openai: 'https://api.openai.com/v1',
  together: 'https://api.together.ai/v1',
  'together-evals': 'https://api.together.ai/v1',
}

const KEY_VARIABLES: Readonly<Partial<Record<Provider, string>>> = {
  openai: 'OPENAI_API_KEY',
  together: 'TOGETHER_API_KEY',
  'together-evals': 'TOGETHER_API_KEY',
}

/** By which an address is set for all that goes to a service, as its SDK documents it. */
const ADDRESS_VARIABLES: Readonly<Partial<Record<Provider, string>>> = {
  together: 'TOGETHER_BASE_URL',
  'together-evals': 'TOGETHER_BASE_URL',
}

/**
 * The address that a judge's requests go below: its own, or that of the environment, or the service's. Without a slash at its
 * end.
 *
 * @throws {ConfigError} if it holds a password, a query or a fragment: it stands in manifests, and a key has its own place
 */
export function baseUrlOf({ name, provider, baseUrl: own }: Reached, env: Environment): string {
  const variable = ADDRESS_VARIABLES[provider]
  const set = variable === undefined ? undefined : env[variable] || undefined
  const baseUrl = own ?? set ?? BASE_URLS[provider]
  const path = own === undefined && set !== undefined ? (variable as string) : `judges.${name}.baseUrl`
  if (baseUrl === undefined) throw new ConfigError(`expected the address of the server, found nothing`, path)
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new ConfigError('expected an http or https address, found another text', path)
  if (url.username !== '' || url.password !== '')
    throw new ConfigError('expected an address without credentials (the key comes from `keyEnv:`), found some', path)
  if (url.search !== '' || url.hash !== '')
    throw new ConfigError('expected an address without ? and # (Azure: `settings: { apiVersion: … }`), found one', path)
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

/** The provider's own address, where it has one. */
export function ownBaseUrl(provider: Provider): string | undefined {
  return BASE_URLS[provider]
}

/**
 * A judge's key, from the environment only. A server of provider openai-compatible is sent a key only when `keyEnv` names
 * one: no other service's key goes there by itself.
 *
 * @throws {ConfigError} naming the variable, if it is missing or cannot be a key
 */
export function keyOf({ name, provider, keyEnv }: Reached, env: Environment): string | undefined {
  const variable = keyEnv ?? KEY_VARIABLES[provider]
  return variable === undefined ? undefined : keyNamed(variable, `${provider} (judge ${name})`, env)
}
