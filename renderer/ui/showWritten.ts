import { notifications } from '@mantine/notifications'
import type { WrittenFile } from '../../shared/tableAnswers'

/** Says where a file went; a click shows it there. */
export function showWritten(
  { path, bytes }: WrittenFile,
  notes: readonly string[] = [],
  words: { readonly title: string; readonly message: string } | null = null,
): void {
  const name = path.split(/[\\/]/).at(-1) ?? path
  const size = words === null ? `${sizeText(bytes)}.` : `${words.message}, ${sizeText(bytes)}.`
  const id = notifications.show({
    title: words?.title ?? `${name} is written`,
    message: [size, ...notes, 'Click to show it in its folder.'].join(' '),
    autoClose: 8000,
    style: { cursor: 'pointer' },
    onClick: () => {
      window.casebook.showInFolder(path).catch(() => undefined)
      notifications.hide(id)
    },
  })
}

function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
