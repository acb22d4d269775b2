/** A number somebody published, with where and when. */
export interface Figure {
  readonly value: number
  readonly unit: string
  /** Who says so: a page, a paper, a model card. */
  readonly source: string
  /** When it was read or published, YYYY-MM-DD. */
  readonly date: string
}

/** What somebody says of a model that is no number, with where and when. */
export interface Stated<T> {
  readonly value: T
  readonly source: string
  /** When it was read or published, YYYY-MM-DD. */
  readonly date: string
}

/** What is known of one model. What nobody published is absent, never 0 or a guess. */
export interface ModelEntry {
  /** The provider's own name for it. */
  readonly name: string
  /** Other names of the same model at the same prices: dated snapshots. */
  readonly aliases?: readonly string[] | undefined
  readonly label: string
  readonly provider: 'openai' | 'together'
  readonly open: boolean
  /** Of a model that somebody tuned: the name of the one that it comes from. */
  readonly tunedFrom?: string | undefined
  /** Longest input and output together, in tokens. */
  readonly context?: Figure | undefined
  /** USD for a million tokens. */
  readonly prices: {
    readonly input?: Figure | undefined
    readonly cachedInput?: Figure | undefined
    readonly output?: Figure | undefined
    /** What the batch service takes of these prices, in (0, 1]. */
    readonly batchShare?: Figure | undefined
  }
  /** What its provider takes for DPO with LoRA: USD for a million tokens, of training and validation, and USD for a job at least. */
  readonly tuning?: { readonly dpo?: Figure | undefined; readonly minimum?: Figure | undefined } | undefined
  /** Output tokens a second. */
  readonly speed?: Figure | undefined
  /** Whether it can spend tokens on reasoning before its answer. */
  readonly thinking?: Stated<boolean> | undefined
  /** Reasoning efforts that it takes, the one it has without being told first. */
  readonly efforts?: Stated<readonly string[]> | undefined
  /** Request parameters that the model's service rejects: always, or, of a model with effort `none`, while it thinks. */
  readonly refuses?: Stated<readonly string[]> | undefined
  /** What a reader of the figures must know. */
  readonly notes?: string | undefined
}

/** The model registry: `data/models.json`. */
export interface ModelRegistry {
  readonly formatVersion: 1
  readonly models: readonly ModelEntry[]
}
