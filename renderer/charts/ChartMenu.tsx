import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { ChartSpec } from '../../shared/report'
import { forget } from '../frame/listenToShell'
import { Icon } from '../ui/Icon'
import { saveData } from '../ui/saveData'
import { tokens } from '../ui/tokens'
import { useFormatter } from '../ui/useFormatter'
import { chartHeight } from './chartHeight'

interface ChartMenuProps {
  readonly chart: ChartSpec
  readonly title: string
  readonly subtitle: string
  readonly fileName: string
  readonly source: string
}

const pictureWidth = 960

/** The picture as a file: always on white, with its title and source, sharp enough for print. */
export function ChartMenu({ chart, title, subtitle, fileName, source }: ChartMenuProps) {
  const format = useFormatter()
  const save = async (kind: 'png' | 'svg'): Promise<void> => {
    const [{ toPlotly }, { pictureOf, standalone }] = await Promise.all([
      import('./toPlotly'),
      import('./plotly/exportPicture'),
    ])
    const look = { tokens: tokens.light, format }
    const figure = standalone(toPlotly(chart, look), { title, subtitle, source }, look)
    saveData(await pictureOf(figure, kind, pictureWidth, chartHeight(chart) + 140), `${fileName}.${kind}`)
  }
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <Tooltip label="Save the picture">
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={`Save picture: ${title}`}>
            <Icon of={IconDownload} size={14} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => forget(save('png'))}>PNG picture</Menu.Item>
        <Menu.Item onClick={() => forget(save('svg'))}>SVG picture</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
