import { type DragEvent, type ReactNode, useState } from 'react'
import { openFiles } from '../state/projectStore'
import { forget } from './listenToShell'

/** Files may be dropped anywhere in the window. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  const [isOver, setOver] = useState(false)
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files')
  const drop = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    setOver(false)
    const paths = [...event.dataTransfer.files]
      .map((file) => window.casebook.pathOf(file))
      .filter((path) => path !== '')
    forget(openFiles(paths))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to do what the Open files button does
    <div
      className="droptarget"
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setOver(false)
      }}
      onDrop={drop}
    >
      {children}
      {isOver && (
        <div className="dropveil" role="status">
          <span>Drop to open. Files stay on this computer and are never written to.</span>
        </div>
      )}
    </div>
  )
}
