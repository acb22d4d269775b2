import type { HostedTuning, Loss, StudyTuning } from '@judgelab/core'

const LOSS_WORDS: Readonly<Record<Loss, string>> = { dpo: 'DPO', cdpo: 'cDPO', ipo: 'IPO' }

/** How a judge was tuned, every parameter that the study or we ourselves set, in one paragraph for the methods of a report. */
export function tuningWords(tuning: StudyTuning, base: string): string {
  const { beta, epochs, learningRate, seed, evaluations, hosted, backend } = tuning
  const method = hosted === undefined ? LOSS_WORDS[tuning.loss] : hostedLoss(tuning, hosted)
  const common = [
    `beta ${beta}`,
    ...(tuning.labelSmoothing === 0 ? [] : [`label smoothing ${tuning.labelSmoothing}`]),
    `${epochs} epochs`,
    batchWords(tuning),
    `learning rate ${learningRate}`,
    hosted === undefined ? `${tuning.schedule} schedule` : scheduleWords(hosted),
    `${evaluations} evaluations`,
    `seed ${seed}`,
    ...(hosted === undefined ? localWords(tuning) : hostedWords(hosted)),
  ]
  return `${method} of ${base} by backend ${backend}: ${common.join(', ')}.${hosted === undefined ? '' : weightsWords(hosted)}`
}

/** What the loss is called where a service has more of them than DPO. */
function hostedLoss({ loss }: StudyTuning, hosted: HostedTuning): string {
  const { rpoAlpha, simpoGamma = 0, normalizeByLength, referenceFree } = hosted
  const name = simpoGamma > 0 ? `SimPO with gamma ${simpoGamma}` : LOSS_WORDS[loss]
  const more = [
    ...(rpoAlpha > 0 ? [`RPO’s alpha ${rpoAlpha}`] : []),
    ...(normalizeByLength === true && simpoGamma === 0 ? ['log-ratios divided by length'] : []),
    ...(referenceFree === true && simpoGamma === 0 ? ['no reference model'] : []),
  ]
  return more.length === 0 ? name : `${name} (${more.join(', ')})`
}

function batchWords({ batchSize, hosted, backend }: StudyTuning): string {
  const accumulated =
    hosted?.gradientAccumulation === undefined ? '' : `, gradients of ${hosted.gradientAccumulation} steps added up`
  const size = hosted === undefined ? batchSize : (hosted.batchSize ?? (backend === 'trl' ? batchSize : undefined))
  return `${size === undefined ? 'batches as large as the service takes' : `batches of ${size}`}${accumulated}`
}

function scheduleWords({ schedule, minLearningRateRatio, cosineCycles, warmupRatio }: HostedTuning): string {
  const more = [
    ...(cosineCycles === undefined ? [] : [`${cosineCycles} cycles`]),
    ...(minLearningRateRatio === undefined ? [] : [`down to ${minLearningRateRatio} of the peak`]),
    ...(warmupRatio === 0 ? [] : [`warm-up over ${warmupRatio} of the steps`]),
  ]
  return `${schedule} schedule${more.length === 0 ? '' : ` (${more.join(', ')})`}`
}

function localWords({ l2, patience }: StudyTuning): string[] {
  return [
    ...(l2 === 0 ? [] : [`L2 ${l2}`]),
    ...(patience === undefined ? [] : [`stopped when the validation loss had not fallen for ${patience} evaluations`]),
  ]
}

function hostedWords(hosted: HostedTuning): string[] {
  const { maxGradNorm, weightDecay, maxSequenceLength, packing, earlyStopping, checkpoints } = hosted
  return [
    maxGradNorm === 0 ? 'gradients not clipped' : `gradients clipped at ${maxGradNorm}`,
    `weight decay ${weightDecay}`,
    ...(maxSequenceLength === undefined ? [] : [`sequences of at most ${maxSequenceLength} tokens`]),
    ...(packing === undefined ? [] : [packing ? 'packed' : 'not packed']),
    `${checkpoints} ${checkpoints === 1 ? 'checkpoint' : 'checkpoints'}`,
    ...(earlyStopping === undefined
      ? []
      : [
          `early stopping with patience ${earlyStopping.patience}, least gain ${earlyStopping.minDelta}, warm-up ${earlyStopping.warmup}`,
        ]),
  ]
}

/** Which weights were trained, and from where. */
function weightsWords({ model, fullTraining, fromCheckpoint, huggingFace, ...lora }: HostedTuning): string {
  const modules = lora.loraModules?.join(', ') ?? 'all linear modules'
  const trained =
    fullTraining === true
      ? 'All weights were trained'
      : `A low-rank adapter on ${modules} was trained, rank ${lora.loraRank}, alpha ${lora.loraAlpha}, dropout ${lora.loraDropout}`
  const hub = huggingFace?.model
  const revision = huggingFace?.revision === undefined ? '' : ` at ${huggingFace.revision}`
  const said = [
    trained,
    ...(model === undefined ? [] : [`of ${model}`]),
    ...(hub === undefined ? [] : [`from ${hub}${revision}`]),
    ...(fromCheckpoint === undefined ? [] : [`from checkpoint ${fromCheckpoint}`]),
  ]
  return ` ${said.join(', ')}.`
}
