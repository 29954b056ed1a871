import {
  Badge,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  Menu,
  Modal,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { cssVariables, fontFamily, monoFamily } from './tokens'

const buttonHeights: Readonly<Record<string, { height: string; padding: string; size: string }>> = {
  xs: { height: '24px', padding: '8px', size: '12px' },
  lg: { height: '34px', padding: '14px', size: '13px' },
}
const usualButton = { height: '28px', padding: '10px', size: '12px' }

const field = { size: 'xs' } as const

export const theme = createTheme({
  primaryColor: 'casebook',
  colors: {
    casebook: [
      '#eaf0fd',
      '#d5e1f8',
      '#b5caf1',
      '#8fb0e8',
      '#6b92de',
      '#416dc6',
      '#2456c7',
      '#1c469f',
      '#173a84',
      '#112b63',
    ],
  },
  primaryShade: { light: 6, dark: 3 },
  fontFamily,
  fontFamilyMonospace: monoFamily,
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '14px', xl: '22px' },
  lineHeights: { xs: '16px', sm: '16px', md: '20px', lg: '20px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '10px' },
  defaultRadius: 'sm',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: { fontFamily, fontWeight: '600' },
  components: {
    Button: Button.extend({
      defaultProps: { variant: 'default', size: 'compact-sm' },
      vars: (_theme, props) => {
        const shape = buttonHeights[props.size ?? ''] ?? usualButton
        const padding = props.variant === 'subtle' ? '8px' : shape.padding
        return {
          root: { '--button-height': shape.height, '--button-padding-x': padding, '--button-fz': shape.size },
        }
      },
    }),
    Select: Select.extend({ defaultProps: { ...field, checkIconPosition: 'right' } }),
    MultiSelect: MultiSelect.extend({ defaultProps: field }),
    TextInput: TextInput.extend({ defaultProps: field }),
    NumberInput: NumberInput.extend({ defaultProps: field }),
    Textarea: Textarea.extend({ defaultProps: field }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs', withItemsBorders: false } }),
    Drawer: Drawer.extend({
      defaultProps: {
        position: 'right',
        size: 384,
        overlayProps: { backgroundOpacity: 0.18 },
        transitionProps: { duration: 180 },
      },
    }),
    Modal: Modal.extend({ defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.3 }, radius: 'md' } }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'none', radius: 'md', offset: 4, transitionProps: { duration: 120 } },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, withArrow: false, events: { hover: true, focus: true, touch: false } },
    }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', tt: 'none' } }),
  },
})

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    '--font': fontFamily,
    '--mono': monoFamily,
    '--mantine-line-height': '20px',
  },
  light: { ...cssVariables('light'), ...roles },
  dark: {
    ...cssVariables('dark'),
    ...roles,
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-color-casebook-filled': 'var(--accent)',
    '--mantine-color-casebook-filled-hover': 'var(--accent-hover)',
  },
})

const roles = {
  '--mantine-color-body': 'var(--canvas)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-color-disabled-border': 'var(--line)',
}
