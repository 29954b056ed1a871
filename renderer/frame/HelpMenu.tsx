import { Menu } from '@mantine/core'
import { showDialog } from '../state/navigationStore'

export function HelpMenu() {
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className="bare ghost">
          Help
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => showDialog('tour')}>Take the five-step tour</Menu.Item>
        <Menu.Item onClick={() => showDialog('machineSettings')}>Memory and temporary files…</Menu.Item>
        <Menu.Item onClick={() => showDialog('about')}>About Casebook</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
