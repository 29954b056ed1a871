import { app, session } from 'electron'
import { appOrigin } from './appProtocol'
import { devServer } from './places'

const localSchemes: readonly string[] = ['app:', 'devtools:', 'data:', 'blob:']

/** Chromium's own background traffic off, and no host name resolves: Casebook never uses the network. */
export function preferOffline(): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'no-pings',
  ]) {
    app.commandLine.appendSwitch(name)
  }
  if (devServer() === undefined) app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  // With --no-sandbox (root, containers) a forced sandbox kills every child process.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
}

/** No requests, permissions, navigation, pop-ups or embedded pages beyond our own. */
export function denyEverythingElse(): void {
  session.defaultSession.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isAllowed(details.url) }))
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === ownCopying),
  )
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission === ownCopying)
  session.defaultSession.setDevicePermissionHandler(() => false)
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

/** Writing to the clipboard from a click; reading it stays denied. */
const ownCopying = 'clipboard-sanitized-write'

export function isOwnPage(url: string): boolean {
  const { origin, protocol, host } = new URL(url)
  const server = devServer()
  return `${protocol}//${host}` === appOrigin || (server !== undefined && origin === new URL(server).origin)
}

function isAllowed(url: string): boolean {
  const { protocol, host } = new URL(url)
  const server = devServer()
  return localSchemes.includes(protocol) || (server !== undefined && host === new URL(server).host)
}
