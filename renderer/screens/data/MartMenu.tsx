import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { engine } from '../../engine'
import { runJob } from '../../state/jobStore'
import { useProject } from '../../state/projectStore'
import { Icon } from '../../ui/Icon'
import { showWritten } from '../../ui/showWritten'
import { useReporter } from '../../ui/useReporter'

const formats = [
  { format: 'csv', label: 'CSV files', note: 'one a table' },
  { format: 'xlsx', label: 'Excel workbook', note: 'one sheet a table' },
  { format: 'parquet', label: 'Parquet files', note: 'typed' },
] as const

/** The prepared tables with a dictionary of their columns, as files of one folder. */
export function MartMenu() {
  const report = useReporter()
  const name = useProject((state) => state.project?.name ?? 'project')
  const save = async (format: (typeof formats)[number]['format']): Promise<void> => {
    const to = await window.casebook.chooseSavePath({ name: `${name} data mart`, kind: 'folder' })
    if (to === null) return
    const mart = await runJob('Writing the data mart', (options) =>
      engine.exportMart({ to, format, replace: true }, options),
    )
    const [first] = mart.files
    if (first === undefined) return
    const bytes = mart.files.reduce((sum, file) => sum + file.bytes, 0)
    const tables = `${mart.tables.length} tables and their dictionary`
    showWritten({ path: first.path, bytes }, [], { title: 'The data mart is written', message: tables })
  }
  return (
    <Menu position="bottom-end" width={232}>
      <Menu.Target>
        <Button variant="subtle" leftSection={<Icon of={IconDownload} size={14} />}>
          Export data mart
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Typed tables and a data dictionary</Menu.Label>
        {formats.map(({ format, label, note }) => (
          <Menu.Item
            key={format}
            rightSection={<span className="f11 t3">{note}</span>}
            onClick={() => report(save(format))}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
