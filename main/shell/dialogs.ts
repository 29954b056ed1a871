import { join } from 'node:path'
import { type BrowserWindow, dialog, type FileFilter } from 'electron'
import type { FileKind } from '../../shared/shellApi'

const dataExtensions = [
  'csv',
  'tsv',
  'txt',
  'gz',
  'xlsx',
  'xls',
  'xlsm',
  'xlsb',
  'ods',
  'parquet',
  'json',
  'jsonl',
  'ndjson',
]

const kindNames: Readonly<Record<FileKind, string>> = {
  csv: 'CSV',
  xlsx: 'Excel workbook',
  parquet: 'Parquet',
  folder: 'Folder',
  html: 'Web page',
  json: 'JSON',
  png: 'PNG picture',
  svg: 'SVG picture',
  txt: 'Text',
  pdf: 'PDF',
}

export async function chooseFiles(window: BrowserWindow): Promise<readonly string[]> {
  const filters: FileFilter[] = [
    { name: 'Data files', extensions: dataExtensions },
    { name: 'All files', extensions: ['*'] },
  ]
  const choice = await dialog.showOpenDialog(window, { properties: ['openFile', 'multiSelections'], filters })
  return choice.canceled ? [] : choice.filePaths
}

/** Of a project, or of data files. */
export async function chooseFolder(window: BrowserWindow, folder: string): Promise<string | null> {
  const choice = await dialog.showOpenDialog(window, { properties: ['openDirectory'], defaultPath: folder })
  return choice.canceled ? null : (choice.filePaths[0] ?? null)
}

export async function chooseSavePath(
  window: BrowserWindow,
  folder: string,
  name: string,
  kind: FileKind,
): Promise<string | null> {
  const filters: FileFilter[] = kind === 'folder' ? [] : [{ name: kindNames[kind], extensions: [kind] }]
  const choice = await dialog.showSaveDialog(window, { defaultPath: join(folder, name), filters })
  return choice.canceled || choice.filePath === '' ? null : choice.filePath
}
