/** Every colour of the program, by theme. CSS variables, Mantine, plotly and the grid are all made of these. */
export interface Tokens {
  readonly canvas: string
  readonly surface: string
  readonly sunken: string
  readonly hover: string
  readonly line: string
  readonly lineStrong: string
  readonly text: string
  readonly text2: string
  readonly text3: string
  readonly accent: string
  readonly accentHover: string
  readonly accentSoft: string
  readonly onAccent: string
  readonly ok: string
  readonly okSoft: string
  readonly warn: string
  readonly warnSoft: string
  readonly bad: string
  readonly badSoft: string
  readonly grid: string
  readonly axis: string
  readonly hatch: string
  readonly inkLow: string
  readonly inkHigh: string
  readonly shadow1: string
  readonly shadow2: string
  readonly categorical: readonly string[]
  readonly sequential: readonly string[]
  readonly diverging: readonly string[]
}

export type ThemeName = 'light' | 'dark'

export const fontFamily = '"Inter Variable", Inter, system-ui, "Segoe UI", Roboto, sans-serif'
export const monoFamily = '"JetBrains Mono Variable", "JetBrains Mono", ui-monospace, "Cascadia Mono", Menlo, monospace'

export const tokens: Readonly<Record<ThemeName, Tokens>> = {
  light: {
    canvas: '#f6f7f9',
    surface: '#ffffff',
    sunken: '#f9fafb',
    hover: '#f1f3f6',
    line: '#e4e7ec',
    lineStrong: '#c6ccd6',
    text: '#171a21',
    text2: '#454c5a',
    text3: '#5f6877',
    accent: '#2456c7',
    accentHover: '#1c469f',
    accentSoft: '#eaf0fd',
    onAccent: '#ffffff',
    ok: '#17744a',
    okSoft: '#e6f4ec',
    warn: '#8f5300',
    warnSoft: '#fdf3e0',
    bad: '#b42318',
    badSoft: '#fdecea',
    grid: '#eceff3',
    axis: '#5f6877',
    hatch: '#d4d9e1',
    inkLow: '#171a21',
    inkHigh: '#ffffff',
    shadow1: '0 1px 2px rgb(16 24 40 / .05)',
    shadow2: '0 2px 4px rgb(16 24 40 / .06), 0 12px 28px rgb(16 24 40 / .14)',
    categorical: ['#2456c7', '#d9730d', '#109568', '#872c78', '#424449', '#704b0d', '#3a8fcb', '#4b3591'],
    sequential: ['#edf2fc', '#d5e1f8', '#b5caf1', '#8fb0e8', '#416dc6', '#2f5cbb', '#1d438f'],
    diverging: ['#a8500a', '#df9449', '#f4d6b3', '#eef0f3', '#b5caf1', '#4a76cf', '#1d438f'],
  },
  dark: {
    canvas: '#0e1116',
    surface: '#161a21',
    sunken: '#12161c',
    hover: '#1f252e',
    line: '#29303b',
    lineStrong: '#434c5a',
    text: '#e9ecf1',
    text2: '#bac1cd',
    text3: '#949dac',
    accent: '#86a9ff',
    accentHover: '#a5c0ff',
    accentSoft: '#1b2745',
    onAccent: '#0c1220',
    ok: '#58c48e',
    okSoft: '#12291f',
    warn: '#e9ab4b',
    warnSoft: '#2c2212',
    bad: '#f58d82',
    badSoft: '#321a18',
    grid: '#222933',
    axis: '#949dac',
    hatch: '#333b47',
    inkLow: '#e9ecf1',
    inkHigh: '#0c1220',
    shadow1: 'none',
    shadow2: '0 0 0 1px #2f3743, 0 16px 36px rgb(0 0 0 / .55)',
    categorical: ['#86a9ff', '#f0a04b', '#35caa0', '#c837aa', '#8d9ba9', '#cebd77', '#92e5fc', '#8065f1'],
    sequential: ['#1a2233', '#20304f', '#284170', '#315495', '#7ea2ee', '#a3bffa', '#cfdefe'],
    diverging: ['#f3b169', '#b9722a', '#553a1f', '#222831', '#284170', '#4a76cf', '#a3bffa'],
  },
}

/** `accentSoft` is `--accent-soft`, the first categorical colour `--c1`, the first sequential one `--q1`. */
export function cssVariables(theme: ThemeName): Record<string, string> {
  const { categorical, sequential, diverging, ...single } = tokens[theme]
  return {
    ...Object.fromEntries(Object.entries(single).map(([name, value]) => [`--${kebab(name)}`, value])),
    ...numbered('c', categorical),
    ...numbered('q', sequential),
    ...numbered('d', diverging),
  }
}

const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/(\D)(\d)$/, '$1-$2')

function numbered(prefix: string, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(values.map((value, index) => [`--${prefix}${index + 1}`, value]))
}
