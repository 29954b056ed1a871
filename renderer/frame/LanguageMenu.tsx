import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown, IconWorld } from '@tabler/icons-react'
import { Icon } from '../ui/Icon'

export function LanguageMenu() {
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <button type="button" className="bare ghost" aria-label="Language: English">
          <Icon of={IconWorld} />
          <span className="wide">English</span>
          <Icon of={IconChevronDown} size={14} className="wide" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon of={IconCheck} size={14} />}>English</Menu.Item>
        <Menu.Item disabled leftSection={<span style={{ width: 14 }} />}>
          Español
          <span className="f11 t3" style={{ display: 'block' }}>
            not translated in this version
          </span>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
