import { basename } from 'node:path'
import type { TableDescription } from '../../shared/description'
import type { Project, Source } from '../../shared/project'
import { renamedColumn } from './redescribe'

/** What is worth saying about the files of a replay: parts that came or went, columns with new names. */
export function replayNotes(
  before: Project,
  after: Project,
  descriptions: ReadonlyMap<string, TableDescription>,
): string[] {
  const inTables = new Set(after.sources.flatMap((source) => source.parts?.map((part) => basename(part.path)) ?? []))
  const loose = after.sources.flatMap((source) => {
    const old = before.sources.find(({ name }) => name === source.name)
    return (source.listing ?? [])
      .filter((name) => !inTables.has(name) && !(old?.listing ?? source.listing ?? []).includes(name))
      .map(
        (name) => `${name} came into the folder but is in no table: it is a copy, has other columns or cannot be read.`,
      )
  })
  const told = after.sources.flatMap((source) => {
    const old = before.sources.find(({ name }) => name === source.name)
    const renamed = descriptions.get(source.name)?.findings.filter(({ id }) => id === renamedColumn) ?? []
    return [
      ...(old === undefined ? [] : partNotes(old, source)),
      ...renamed.map(({ column, examples }) => `${source.name}: "${examples[0] ?? ''}" is read as "${column ?? ''}".`),
    ]
  })
  return [...told, ...new Set(loose)]
}

function partNotes(before: Source, after: Source): string[] {
  if (after.parts === undefined) return []
  const rows = new Map((before.parts ?? []).map((part) => [basename(part.path), part.seen.rows]))
  const names = new Set(after.parts.map((part) => basename(part.path)))
  return [
    ...after.parts
      .filter((part) => !rows.has(basename(part.path)))
      .map((part) => `${after.name}: ${basename(part.path)} is new, ${part.seen.rows} rows.`),
    ...[...rows]
      .filter(([name]) => !names.has(name))
      .map(([name, count]) => `${after.name}: ${name} is gone, ${count} rows.`),
  ]
}
