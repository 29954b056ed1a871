import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?inline'
import monoUrl from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?inline'

/** The fonts travel inside the bundle, so the first text is already set in them. */
export function loadFonts(): void {
  for (const [family, url] of [
    ['Inter Variable', interUrl],
    ['JetBrains Mono Variable', monoUrl],
  ] as const) {
    const face = new FontFace(family, `url(${url}) format('woff2')`, { weight: '100 900', display: 'block' })
    document.fonts.add(face)
    face.load().catch(() => undefined)
  }
}

export { interUrl }
