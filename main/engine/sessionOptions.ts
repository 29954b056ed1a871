export interface SessionOptions {
  /** A folder for spilled data and transcoded files; made when missing. */
  readonly tempFolder: string
  /** One thread makes floating sums repeat exactly; tests use it. */
  readonly threads?: number
  /** The most memory a database may take; without it a share of what the machine has. */
  readonly memoryLimitBytes?: number
}

/** What every database of a session is opened with. */
export const databaseOptions = ({ tempFolder, threads, memoryLimitBytes }: SessionOptions): SessionOptions => ({
  tempFolder,
  ...(threads === undefined ? {} : { threads }),
  ...(memoryLimitBytes === undefined ? {} : { memoryLimitBytes }),
})
