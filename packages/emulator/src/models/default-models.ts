import { priorPolicy } from '@judgelab/policy'
import type { ModelProfile } from './model-profile.js'

/** What OpenAI's thinking models reject, here as long as they think. */
const REFUSED_BY_THINKERS = ['temperature', 'top_p', 'logprobs', 'top_logprobs', 'max_tokens'] as const

/**
 * The models that the emulator has when nobody says otherwise: the four judges of data/models.json and the base models
 * that are tuned. All judge by the same prior policy; the noise between them is made up, so that they differ. Nothing here
 * says how good the real models are.
 */
export function defaultModels(): Record<string, ModelProfile> {
  const plain: ModelProfile = {
    vendor: 'together',
    judge: priorPolicy(),
    noiseNats: 0.4,
    wobbleNats: 0.1,
    positionBiasNats: 0,
    tieBandNats: 0.1,
    verbosity: 2,
    refuses: [],
    contextTokens: 131_072,
  }
  const qwen: ModelProfile = {
    ...plain,
    noiseNats: 0.5,
    wobbleNats: 0.2,
    positionBiasNats: 0.1,
    contextTokens: 262_144,
  }
  const gpt41: ModelProfile = { ...plain, vendor: 'openai', noiseNats: 0.4, contextTokens: 1_047_576 }
  return {
    'gpt-5.2': {
      ...plain,
      vendor: 'openai',
      noiseNats: 0.2,
      wobbleNats: 0.05,
      thinking: { tokens: 192 },
      refuses: REFUSED_BY_THINKERS,
      contextTokens: 400_000,
    },
    'openai/gpt-oss-120b': { ...plain, thinking: { tokens: 128 } },
    'Qwen/Qwen3-235B-A22B-Instruct-2507-tput': qwen,
    'Qwen/Qwen3-235B-A22B-Instruct-2507': qwen,
    'meta-llama/Llama-4-Maverick-17B-128E-Instruct': {
      ...plain,
      noiseNats: 0.8,
      wobbleNats: 0.3,
      positionBiasNats: 0.3,
      verbosity: 3,
      contextTokens: 1_048_576,
    },
    'gpt-4.1-2025-04-14': gpt41,
    'gpt-4.1-mini-2025-04-14': { ...gpt41, noiseNats: 0.6 },
    'gpt-4.1-nano-2025-04-14': { ...gpt41, noiseNats: 0.9, positionBiasNats: 0.2 },
  }
}

/**
 * How a model that nobody described behaves: GPT-5 and the o series as GPT-5.2, which thinks, other names of OpenAI's as
 * GPT-4.1, all else as an open model, by Together's shapes, which pass over parameters that they don't know.
 */
export function undescribed(name: string): ModelProfile {
  return defaultModels()[kinOf(name)] as ModelProfile
}

function kinOf(name: string): string {
  const base = name.replace(/^ft:/, '')
  if (/^(?:gpt-5|o\d)/.test(base)) return 'gpt-5.2'
  return /^(?:gpt-(?!oss)|chatgpt-)/.test(base) ? 'gpt-4.1-2025-04-14' : 'Qwen/Qwen3-235B-A22B-Instruct-2507'
}
