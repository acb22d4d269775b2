export const LOSSES = ['dpo', 'cdpo', 'ipo'] as const
/** What a tuning minimises: DPO, DPO under a stated share of flipped labels (cDPO), or IPO. */
export type Loss = (typeof LOSSES)[number]

export const LEARNING_SCHEDULES = ['linear', 'cosine', 'constant'] as const
/** How the learning rate falls after its warm-up. */
export type LearningSchedule = (typeof LEARNING_SCHEDULES)[number]

const PARTITION =
  'which needs the normalising constant (partition function) of the policy over all responses: it cancels in the difference of two responses to one prompt, and this loss is no function of that difference'

/** Losses that are known and not trained by, with the reason. */
export const REFUSED_LOSSES: Readonly<Record<string, string>> = {
  simpo: `divides each log-probability by its response's length, ${PARTITION}`,
  'length-normalised': `divides each log-ratio by its response's length, ${PARTITION}`,
  rpo: `adds the log-likelihood of the preferred output, ${PARTITION}`,
  sft: `is the log-likelihood of the preferred output, ${PARTITION}`,
  cpo: `adds the log-likelihood of the preferred output, ${PARTITION}`,
  orpo: `is made of the odds of a response, ${PARTITION}`,
  kto: `weighs single responses, ${PARTITION}`,
}

/** Why a loss that somebody asked for by name is not trained by; undefined for one that nobody has heard of. */
export function refusedLoss(name: unknown): string | undefined {
  return typeof name === 'string' && Object.hasOwn(REFUSED_LOSSES, name) ? REFUSED_LOSSES[name] : undefined
}
