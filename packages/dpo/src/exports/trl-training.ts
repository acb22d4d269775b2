import { ConfigError, type StudyTuning } from '@judgelab/core'

/** What a training by TRL is told beside the study's own parameters. */
export interface TrlTraining {
  readonly tuning: StudyTuning
  /** The model's name on the Hugging Face Hub, or its folder. */
  readonly model: string
  /** Training pairs in `train.parquet`, by which evaluations are spread. */
  readonly pairs: number
  /** Most tokens of prompt and output together; longer ones are cut by TRL. Defaults to the study's, and to 4096. */
  readonly maxLength?: number | undefined
  /** GPUs of one node; defaults to 8. */
  readonly gpus?: number | undefined
  /** Nodes of the larger command; defaults to 2. */
  readonly nodes?: number | undefined
}

/** What of `hosted:` TRL's DPO trainer, or the service alone, knows nothing of. */
const NOT_OF_TRL = [
  'fullTraining',
  'packing',
  'normalizeByLength',
  'simpoGamma',
  'earlyStopping',
  'fromCheckpoint',
  'huggingFace',
  'weightsAndBiases',
  'minLearningRateRatio',
  'cosineCycles',
] as const

/** @throws {ConfigError} for a parameter that the files for TRL would not hold: nothing is left out in silence */
export function checkTrlTuning({ name, hosted }: StudyTuning): void {
  const field = NOT_OF_TRL.find((held) => hosted?.[held] !== undefined)
  if (field === undefined) return
  throw new ConfigError(`expected backend together, which alone knows it, found trl`, `tuning.${name}.hosted.${field}`)
}

/** Pairs that one GPU takes at once; the rest of a step is accumulated. */
const PER_DEVICE = 1

/**
 * The files with which somebody trains by TRL on GPUs of their own, by name: the parameters, the script, settings of
 * accelerate for one node and for several, versions, and a page with the commands. Nothing of it is executed here.
 *
 * The reference is the base model: with LoRA it is the same weights with the adapters switched off, so that no second
 * model is loaded; its log-probabilities are computed once, before the training. The chat template is the tokenizer's own.
 *
 * @see https://huggingface.co/docs/trl/dpo_trainer
 * @see https://huggingface.co/docs/trl/distributing_training
 */
export function trlTrainingFiles(training: TrlTraining): Readonly<Record<string, string>> {
  const { gpus = 8, nodes = 2 } = training
  return {
    'dpo.json': `${JSON.stringify(parametersOf(training), null, 2)}\n`,
    'train.py': SCRIPT,
    'one-node.yaml': accelerateOf({ gpus, nodes: 1 }),
    'several-nodes.yaml': accelerateOf({ gpus, nodes }),
    'several-nodes-deepspeed.yaml': deepspeedOf({ gpus, nodes }),
    'requirements.txt': REQUIREMENTS,
    'README.md': readmeOf(training, { gpus, nodes }),
  }
}

interface Machines {
  readonly gpus: number
  readonly nodes: number
}

/** What train.py reads: arguments of DPOConfig and LoraConfig under their own names. */
function parametersOf({ tuning, model, pairs, maxLength, gpus = 8 }: TrlTraining): object {
  const { hosted } = tuning
  const batch = hosted?.batchSize ?? tuning.batchSize
  const steps = Math.ceil(pairs / batch) * tuning.epochs
  const evaluations = Math.max(1, tuning.evaluations)
  return {
    model,
    dpo: {
      output_dir: `output/${tuning.name}`,
      loss_type: LOSS_TYPES[tuning.loss],
      label_smoothing: tuning.labelSmoothing,
      beta: tuning.beta,
      num_train_epochs: tuning.epochs,
      learning_rate: tuning.learningRate,
      lr_scheduler_type: hosted?.schedule ?? 'linear',
      warmup_ratio: hosted?.warmupRatio ?? 0,
      max_grad_norm: hosted?.maxGradNorm ?? 1,
      weight_decay: hosted?.weightDecay ?? 0,
      per_device_train_batch_size: PER_DEVICE,
      per_device_eval_batch_size: PER_DEVICE,
      gradient_accumulation_steps: hosted?.gradientAccumulation ?? Math.max(1, Math.round(batch / (PER_DEVICE * gpus))),
      gradient_checkpointing: true,
      ...(hosted?.referenceFree === true ? { reference_free: true } : { precompute_ref_log_probs: true }),
      ...(hosted === undefined || hosted.rpoAlpha === 0 ? {} : { rpo_alpha: hosted.rpoAlpha }),
      max_length: maxLength ?? hosted?.maxSequenceLength ?? 4096,
      eval_strategy: 'steps',
      eval_steps: Math.max(1, Math.floor(steps / evaluations)),
      logging_steps: 1,
      save_strategy: 'epoch',
      ...(hosted === undefined || hosted.checkpoints === 1 ? {} : { save_total_limit: hosted.checkpoints }),
      seed: tuning.seed,
      bf16: true,
      report_to: 'none',
    },
    lora: {
      r: hosted?.loraRank ?? 16,
      lora_alpha: hosted?.loraAlpha ?? 32,
      lora_dropout: hosted?.loraDropout ?? 0,
      target_modules: hosted?.loraModules ?? 'all-linear',
      task_type: 'CAUSAL_LM',
    },
  }
}

/** Our losses under TRL's names; cDPO is the sigmoid loss with label smoothing. */
const LOSS_TYPES: Readonly<Record<StudyTuning['loss'], string>> = { dpo: 'sigmoid', cdpo: 'sigmoid', ipo: 'ipo' }

const SCRIPT = `"""Trains a judge by DPO with LoRA on train.parquet, watched by validation.parquet. Parameters stand in dpo.json.

Not executed by judgelab, which has no GPU: read it before you run it. See README.md for the commands.
"""

import json
from pathlib import Path

from datasets import load_dataset
from peft import LoraConfig
from trl import DPOConfig, DPOTrainer

HERE = Path(__file__).resolve().parent


def main() -> None:
    asked = json.loads((HERE / "dpo.json").read_text(encoding="utf-8"))
    files = {side: str(HERE / f"{side}.parquet") for side in ("train", "validation")}
    pairs = load_dataset("parquet", data_files=files)
    trainer = DPOTrainer(
        model=asked["model"],
        args=DPOConfig(model_init_kwargs={"dtype": "bfloat16"}, **asked["dpo"]),
        train_dataset=pairs["train"],
        eval_dataset=pairs["validation"],
        peft_config=LoraConfig(**asked["lora"]),
    )
    trainer.train()
    trainer.save_model()
    trainer.save_metrics("eval", trainer.evaluate())
    if trainer.is_world_process_zero():
        history = Path(asked["dpo"]["output_dir"]) / "metrics.jsonl"
        history.write_text("".join(json.dumps(row) + "\\n" for row in trainer.state.log_history), encoding="utf-8")


if __name__ == "__main__":
    main()
`

const REQUIREMENTS = `trl>=0.24,<0.25
transformers>=4.56,<5
peft>=0.17
accelerate>=1.10
datasets>=4.0
deepspeed>=0.17
`

function accelerateOf({ gpus, nodes }: Machines): string {
  return `# Fully sharded data parallelism (FSDP 2). Not executed by judgelab.
compute_environment: LOCAL_MACHINE
distributed_type: FSDP
fsdp_config:
  fsdp_version: 2
  fsdp_auto_wrap_policy: TRANSFORMER_BASED_WRAP
  fsdp_reshard_after_forward: true
  fsdp_cpu_ram_efficient_loading: true
  fsdp_offload_params: false
  fsdp_activation_checkpointing: false
  fsdp_state_dict_type: SHARDED_STATE_DICT
${machinesOf({ gpus, nodes })}`
}

function deepspeedOf({ gpus, nodes }: Machines): string {
  return `# DeepSpeed ZeRO 3, the other way to spread a model over nodes. Not executed by judgelab.
compute_environment: LOCAL_MACHINE
distributed_type: DEEPSPEED
deepspeed_config:
  zero_stage: 3
  zero3_init_flag: true
  zero3_save_16bit_model: true
  deepspeed_multinode_launcher: standard
  offload_optimizer_device: none
  offload_param_device: none
${machinesOf({ gpus, nodes })}`
}

function machinesOf({ gpus, nodes }: Machines): string {
  return `mixed_precision: bf16
num_machines: ${nodes}
num_processes: ${gpus * nodes}
machine_rank: 0
${nodes === 1 ? '' : 'main_process_port: 29500\n'}rdzv_backend: static
same_network: true
use_cpu: false
`
}

function readmeOf({ tuning, model, pairs }: TrlTraining, { gpus, nodes }: Machines): string {
  const launch = (settings: string): string =>
    `accelerate launch --config_file ${settings} --machine_rank "$RANK" --main_process_ip "$FIRST_NODE" train.py`
  return `# ${tuning.label}: DPO by TRL on GPUs of your own

**Not executed here.** judgelab wrote these files and ran none of them.

${pairs} training pairs in \`train.parquet\`, watched by \`validation.parquet\`: TRL's preference type with an explicit prompt, as a
conversation, so that the chat template of ${model} is applied by TRL. The parameters stand in \`dpo.json\`.

The reference is ${model} itself: with LoRA it is the same weights with the adapters off. No second model is loaded, and its
log-probabilities are computed once, before training (\`precompute_ref_log_probs\`).

A step has \`per_device_train_batch_size\` x GPUs x \`gradient_accumulation_steps\` pairs, as written for ${gpus} GPUs. With another
number of GPUs change the last one, so that the product stays.

\`\`\`sh
pip install -r requirements.txt
\`\`\`

One node with ${gpus} GPUs:

\`\`\`sh
accelerate launch --config_file one-node.yaml train.py
\`\`\`

${nodes} nodes with ${gpus} GPUs each, with FSDP; on each node, RANK from 0 to ${nodes - 1} and FIRST_NODE the address of node 0:

\`\`\`sh
${launch('several-nodes.yaml')}
\`\`\`

The same with DeepSpeed ZeRO 3:

\`\`\`sh
${launch('several-nodes-deepspeed.yaml')}
\`\`\`

Afterwards \`output/${tuning.name}\` holds the adapter and \`metrics.jsonl\`. Serve it behind an OpenAI-compatible address, then take
it back into the study with \`judgelab tune import\`:

\`\`\`sh
vllm serve ${model} --enable-lora --lora-modules ${tuning.name}=output/${tuning.name}
\`\`\`
`
}
