export const workerEntries: Readonly<Record<string, string>>
