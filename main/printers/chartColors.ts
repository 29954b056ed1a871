/** The light palette of the visual language; exports are always light. */
export const chartColors = {
  categorical: ['#2456c7', '#d9730d', '#109568', '#872c78', '#424449', '#704b0d', '#3a8fcb', '#4b3591'],
  sequential: ['#edf2fc', '#d5e1f8', '#b5caf1', '#8fb0e8', '#416dc6', '#2f5cbb', '#1d438f'],
  gain: '#2456c7',
  loss: '#d9730d',
  result: '#109568',
  grid: '#eceff3',
  axis: '#5f6877',
  text: '#171a21',
  quiet: '#5f6877',
  line: '#e4e7ec',
  surface: '#ffffff',
} as const

export function seriesColor(index: number): string {
  return chartColors.categorical[index % chartColors.categorical.length] ?? chartColors.gain
}

/** A cell's shade between the smallest and the largest value, and the text colour that reads on it. */
export function shade(value: number, least: number, most: number): { readonly fill: string; readonly text: string } {
  const { sequential } = chartColors
  const at = most > least ? Math.round(((value - least) / (most - least)) * (sequential.length - 1)) : 0
  return { fill: sequential[at] ?? sequential[0], text: at >= 4 ? '#ffffff' : chartColors.text }
}
