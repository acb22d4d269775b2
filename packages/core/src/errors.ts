/** A file of data that does not have the documented form. `line` counts from 1; `field` is a dotted path. */
export class DatasetFormatError extends Error {
  readonly file: string
  readonly line: number | undefined
  readonly field: string | undefined

  constructor(
    message: string,
    where: { readonly file: string; readonly line?: number | undefined; readonly field?: string | undefined },
    options?: ErrorOptions,
  ) {
    const line = where.line === undefined ? '' : `:${where.line}`
    const field = where.field === undefined ? '' : ` ${where.field}:`
    super(`${where.file}${line}:${field} ${message}`, options)
    this.name = 'DatasetFormatError'
    this.file = where.file
    this.line = where.line
    this.field = where.field
  }
}

/**
 * A call of a judge that could not be made or was answered with an error. `status` is the HTTP status where there was one,
 * `retryAfterMs` how long the service asks to be left alone, `isTimeout` true when nobody answered in time.
 */
export class JudgeCallError extends Error {
  readonly judgeId: string
  /** Absent where the call is of no single presentation. */
  readonly presentationId: string | undefined
  readonly status: number | undefined
  readonly isRetryable: boolean
  readonly retryAfterMs: number | undefined
  readonly isTimeout: boolean

  constructor(
    message: string,
    call: {
      readonly judgeId: string
      readonly presentationId?: string | undefined
      readonly status?: number | undefined
      readonly isRetryable: boolean
      readonly retryAfterMs?: number | undefined
      readonly isTimeout?: boolean | undefined
    },
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'JudgeCallError'
    this.judgeId = call.judgeId
    this.presentationId = call.presentationId
    this.status = call.status
    this.isRetryable = call.isRetryable
    this.retryAfterMs = call.retryAfterMs
    this.isTimeout = call.isTimeout ?? false
  }
}

/** A study or setting that asks for something that cannot be done. `path` says where: a file with line and column, or a dotted path. */
export class ConfigError extends Error {
  readonly path: string

  constructor(message: string, path: string, options?: ErrorOptions) {
    super(`${path}: ${message}`, options)
    this.name = 'ConfigError'
    this.path = path
  }
}

/** Something that a server was asked for and did not give: it refused, had no such thing, or did not answer. `status` is the HTTP status where there was one. */
export class DownloadError extends Error {
  readonly url: string
  readonly status: number | undefined

  constructor(
    message: string,
    asked: { readonly url: string; readonly status?: number | undefined },
    options?: ErrorOptions,
  ) {
    super(`${asked.url}: ${message}`, options)
    this.name = 'DownloadError'
    this.url = asked.url
    this.status = asked.status
  }
}
