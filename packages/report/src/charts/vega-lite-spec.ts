/** A Vega-Lite specification as plain JSON. `description` is the finding: it becomes the picture's alt text. */
export interface VegaLiteSpec {
  readonly $schema: string
  readonly description: string
  readonly [key: string]: Json | undefined
}

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json | undefined }
