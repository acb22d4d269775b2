import { digestText, type PreferencePair } from '@judgelab/core'
import { promptKey } from './normal-text.js'

/**
 * What two pairs share that are about the same prompt, whatever their strategy: SHA-256 of the example's prompt as prompts
 * are compared. Empty for a blank prompt.
 */
export function pairPromptKey({ input, origin }: PreferencePair): string {
  return origin.promptSha256 ?? promptDigest(input)
}

/** The same of a prompt; empty for a blank one. */
export function promptDigest(prompt: PreferencePair['input'] | string): string {
  const key = promptKey(prompt)
  return key === '' ? '' : digestText(key)
}
