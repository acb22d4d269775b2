import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the Hub is, who asks, and where its files are kept. */
export interface HubSettings {
  readonly endpoint: string
  readonly token?: string | undefined
  /** The folder of all repositories, in the layout that the Hub's own clients use: what they fetched is found, and theirs finds ours. */
  readonly cache: string
  readonly isOffline: boolean
}

/**
 * The Hub's settings by its conventions: `HF_ENDPOINT` (a mirror), `HF_TOKEN`, `HF_HUB_CACHE`, or `HF_HOME` with `hub/`
 * in it, or `~/.cache/huggingface/hub`; `HF_HUB_OFFLINE` forbids the network.
 */
export function hubSettings(env: Readonly<Record<string, string | undefined>> = process.env): HubSettings {
  const home = env.HF_HOME || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'huggingface')
  return {
    endpoint: (env.HF_ENDPOINT || 'https://huggingface.co').replace(/\/+$/, ''),
    token: env.HF_TOKEN || undefined,
    cache: env.HF_HUB_CACHE || join(home, 'hub'),
    isOffline: /^(?:1|true|yes|on)$/i.test(env.HF_HUB_OFFLINE ?? ''),
  }
}
