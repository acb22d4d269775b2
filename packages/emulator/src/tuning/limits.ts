/** What Together's model limits say here of every model. The numbers are the documented ones where there are any. */
export const LIMITS = {
  max_num_epochs: 20,
  max_num_evals: 100,
  max_num_checkpoints: 100,
  max_learning_rate: 0.01,
  min_learning_rate: 1e-8,
  max_rank: 64,
  min_batch_size: 8,
  max_batch_size: 64,
  max_batch_size_dpo: 32,
  min_max_seq_length: 1024,
  max_seq_length_dpo: 16_384,
} as const

/** What an adapter may be on. */
export const TARGET_MODULES = ['k_proj', 'q_proj', 'v_proj', 'o_proj'] as const

/** The body of GET /fine-tunes/models/limits. */
export function limitsOf(model: string, contextTokens: number): object {
  return {
    model_name: model,
    default_gradient_accumulation_steps: 1,
    max_num_epochs: LIMITS.max_num_epochs,
    max_num_evals: LIMITS.max_num_evals,
    max_num_checkpoints: LIMITS.max_num_checkpoints,
    max_learning_rate: LIMITS.max_learning_rate,
    min_learning_rate: LIMITS.min_learning_rate,
    max_seq_length_sft: Math.min(32_768, contextTokens),
    max_seq_length_dpo: Math.min(LIMITS.max_seq_length_dpo, contextTokens),
    min_max_seq_length: LIMITS.min_max_seq_length,
    merge_output_lora: true,
    supports_full_training: false,
    supports_reasoning: false,
    supports_tools: false,
    supports_vision: false,
    lora_training: {
      max_batch_size: LIMITS.max_batch_size,
      max_batch_size_dpo: LIMITS.max_batch_size_dpo,
      min_batch_size: LIMITS.min_batch_size,
      max_rank: LIMITS.max_rank,
      target_modules: TARGET_MODULES,
    },
    full_training: { max_batch_size: 0, max_batch_size_dpo: 0, min_batch_size: 0 },
  }
}
