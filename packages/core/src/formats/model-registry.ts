/** A number somebody published, with where and when. */
export interface Figure {
  readonly value: number
  readonly unit: string
  /** Who says so: a page, a paper, a model card. */
  readonly source: string
  /** When it was read or published, YYYY-MM-DD. */
  readonly date: string
}

/** What is known of one model. A figure that nobody published is absent, never 0. */
export interface ModelEntry {
  /** The provider's own name for it. */
  readonly name: string
  readonly label: string
  readonly provider: 'openai' | 'together'
  readonly open: boolean
  /** Longest input and output together, in tokens. */
  readonly context?: Figure | undefined
  /** USD for a million tokens. */
  readonly prices: {
    readonly input?: Figure | undefined
    readonly cachedInput?: Figure | undefined
    readonly output?: Figure | undefined
  }
  /** Output tokens a second. */
  readonly speed?: Figure | undefined
  readonly thinking: boolean
  /** Request parameters that the model's service rejects. */
  readonly refuses: readonly string[]
  /** Where `thinking` and `refuses` are documented. */
  readonly notes?: string | undefined
}

/** The model registry: `data/models.json`. */
export interface ModelRegistry {
  readonly formatVersion: 1
  readonly models: readonly ModelEntry[]
}
