export interface SessionOptions {
  /** A folder for spilled data and transcoded files; made when missing. */
  readonly tempFolder: string
  /** One thread makes floating sums repeat exactly; tests use it. */
  readonly threads?: number
}
