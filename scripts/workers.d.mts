export const workerEntries: Readonly<Record<string, string>>
export default function buildWorkers(): Promise<void>
