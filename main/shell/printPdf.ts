import { randomUUID } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { app, BrowserWindow, type Session, session } from 'electron'

/** Prints a self-contained HTML file in a hidden window without scripts, network or other files. */
export async function printPdf(htmlFile: string, to: string): Promise<void> {
  const address = pathToFileURL(htmlFile).href
  const window = new BrowserWindow({
    show: false,
    // Off screen, because a real window needs a display even when it stays hidden.
    webPreferences: { offscreen: true, sandbox: true, javascript: false, session: sessionFor(address) },
  })
  try {
    await window.loadURL(address)
    const bytes = await window.webContents.printToPDF({
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    })
    const temporary = `${to}.${process.pid}`
    await writeFile(temporary, bytes)
    await rename(temporary, to)
  } finally {
    window.destroy()
  }
}

/** The files of `--print-pdf IN.html OUT.pdf`, by which the command line asks for a PDF. */
export function printRequest(): { html: string; to: string } | undefined {
  const at = process.argv.indexOf('--print-pdf')
  const [html, to] = at < 0 ? [] : process.argv.slice(at + 1)
  return html === undefined || to === undefined ? undefined : { html, to }
}

/** Prints without a window and ends; several may run beside each other and beside an open window. */
export function printAndExit({ html, to }: { html: string; to: string }): void {
  app
    .whenReady()
    .then(() => printPdf(html, to))
    .then(() => app.exit(0))
    .catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      app.exit(1)
    })
}

function sessionFor(address: string): Session {
  const own = session.fromPartition(`print-${randomUUID()}`)
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: url !== address && !url.startsWith('data:') }))
  return own
}
