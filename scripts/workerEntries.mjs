/** The worker threads of the engine: one bundle each, started by main/engine/workers/startWorker.ts under its name. */
export const workerEntries = {
  workbookWorker: 'main/engine/import/xlsx/workbookWorker.ts',
  oldWorkbookWorker: 'main/engine/import/xlsx/oldWorkbookWorker.ts',
}
