export interface DefinitionPart {
  readonly heading: string
  readonly paragraphs: readonly string[]
}

/** The parts of a definition card: its `##` headings and the text below each, in order. */
export function definitionParts(markdown: string): readonly DefinitionPart[] {
  return markdown
    .split(/^##\s+/m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...lines] = part.split(/\r?\n/)
      return { heading: heading.trim(), paragraphs: paragraphsOf(lines) }
    })
    .filter(({ paragraphs }) => paragraphs.length > 0)
}

/** The text of one part, or null when the card has none of that name. */
export function definitionText(markdown: string, heading: string): string | null {
  const part = definitionParts(markdown).find((one) => one.heading.toLowerCase() === heading.toLowerCase())
  return part === undefined ? null : part.paragraphs.join(' ')
}

/** Blank lines and list items start a paragraph; markdown marks are taken off. */
function paragraphsOf(lines: readonly string[]): string[] {
  const paragraphs: string[] = []
  let isOpen = false
  for (const line of lines) {
    const text = line.trim()
    const item = /^[-*]\s+(.*)$/.exec(text)
    if (text === '') {
      isOpen = false
    } else if (item === null && isOpen) {
      paragraphs.push(`${paragraphs.pop() ?? ''} ${plain(text)}`)
    } else {
      paragraphs.push(plain(item?.[1] ?? text))
      isOpen = true
    }
  }
  return paragraphs
}

const plain = (text: string): string => text.replace(/\*\*([^*]+)\*\*/g, '$1').replace(/`([^`]+)`/g, '$1')
