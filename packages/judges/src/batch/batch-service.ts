import type { BatchTerms } from './batch-terms.js'

/** A batch as a service shows it. */
export interface BatchState {
  /** The service's own word. */
  readonly status: string
  readonly stage: 'waiting' | 'completed' | 'failed' | 'expired' | 'cancelled'
  readonly outputFileId?: string | undefined
  readonly errorFileId?: string | undefined
  /** What the service says of a batch that failed. */
  readonly message?: string | undefined
  /** It failed because too many tokens are enqueued: nothing of it was done, and later it may fit. */
  readonly isOverLimit?: boolean | undefined
  /** Requests that it has answered so far, where it says so. */
  readonly answered?: number | undefined
}

/** What a batch is made of. */
export interface BatchOrder {
  /** Our name for it, which no other batch has. */
  readonly key: string
  readonly fileId: string
  /** Of all its requests, below the base URL. */
  readonly path: string
  /** When it was planned, ISO 8601: it is no older at the service. */
  readonly plannedAt: string
}

/**
 * A service that answers files of requests. Every function sends once and throws what its SDK throws; who calls it knows
 * what may be sent again.
 */
export interface BatchService extends BatchTerms {
  readonly upload: (file: string, signal: AbortSignal) => Promise<string>
  /** A whole file of that name and size that was uploaded before. */
  readonly findFile: (name: string, bytes: number) => Promise<string | undefined>
  /** Resolves when a batch may be made of the file; `firstMs` is the first pause between two looks. */
  readonly fileIsReady: (fileId: string, signal: AbortSignal, firstMs: number) => Promise<void>
  readonly create: (order: BatchOrder) => Promise<{ readonly id: string; readonly warning?: string | undefined }>
  /** The batch that was made of this order. */
  readonly find: (order: BatchOrder) => Promise<string | undefined>
  /** Undefined where the service knows no such batch. */
  readonly look: (batchId: string) => Promise<BatchState | undefined>
  readonly cancel: (batchId: string) => Promise<void>
  /** False where the service has the file no more. */
  readonly download: (fileId: string, file: string, signal: AbortSignal) => Promise<boolean>
}
