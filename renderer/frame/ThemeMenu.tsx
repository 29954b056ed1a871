import { type MantineColorScheme, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconMoon, IconSun } from '@tabler/icons-react'
import { Icon } from '../ui/Icon'
import { forget } from './listenToShell'

const choices: readonly { readonly value: MantineColorScheme; readonly label: string }[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
]

export function ThemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const shown = useComputedColorScheme('light')
  const choose = (value: MantineColorScheme): void => {
    setColorScheme(value)
    forget(window.casebook.setTheme(value === 'auto' ? 'system' : value))
  }
  const label = shown === 'dark' ? 'Dark' : 'Light'
  return (
    <Menu position="bottom-end" width={170}>
      <Menu.Target>
        <button type="button" className="bare ghost" aria-label={`Theme: ${label}`}>
          <Icon of={shown === 'dark' ? IconMoon : IconSun} />
          <span className="wide">{label}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.value}
            onClick={() => choose(choice.value)}
            leftSection={
              choice.value === colorScheme ? <Icon of={IconCheck} size={14} /> : <span style={{ width: 14 }} />
            }
          >
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
