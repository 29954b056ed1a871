import { type RefObject, useState } from 'react'

/** A place in the text, both numbers from 1. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

interface SqlEditorProps {
  readonly text: string
  readonly editor: RefObject<HTMLTextAreaElement | null>
  /** Where the engine stopped reading, to be underlined. */
  readonly wrong: TextPlace | null
  readonly onText: (text: string) => void
  readonly onRun: () => void
}

/** A text area with line numbers; the place of an error is underlined in it. */
export function SqlEditor({ text, editor, wrong, onText, onRun }: SqlEditorProps) {
  const [scroll, setScroll] = useState({ top: 0, left: 0 })
  const lines = text.split('\n')
  return (
    <div className="sqleditor">
      <div className="sqllines" aria-hidden="true">
        <div style={{ transform: `translateY(${-scroll.top}px)` }}>
          {lines.map((_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <div key={index} className={wrong?.line === index + 1 ? 'bad' : ''}>
              {index + 1}
            </div>
          ))}
        </div>
      </div>
      <div className="sqlsheet">
        {wrong !== null && (
          <span
            className="sqlwrong"
            aria-hidden="true"
            style={{
              top: `calc(10px + ${wrong.line - 1} * 18px - ${scroll.top}px)`,
              left: `calc(12px + ${wrong.column - 1}ch - ${scroll.left}px)`,
              width: `${wordAt(lines[wrong.line - 1] ?? '', wrong.column)}ch`,
            }}
          />
        )}
        <textarea
          ref={editor}
          aria-label="SQL question"
          aria-invalid={wrong !== null}
          spellCheck={false}
          autoComplete="off"
          value={text}
          rows={8}
          wrap="off"
          onChange={(event) => onText(event.currentTarget.value)}
          onScroll={(event) => setScroll({ top: event.currentTarget.scrollTop, left: event.currentTarget.scrollLeft })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            onRun()
          }}
        />
      </div>
    </div>
  )
}

/** Length of the word that starts there. */
function wordAt(line: string, column: number): number {
  return Math.max(1, /^[\w."]+/.exec(line.slice(column - 1))?.[0].length ?? 1)
}
