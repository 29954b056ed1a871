import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../shared/shellApi'

/** The page carries the commands out: it knows what is open, and whether a text field wants the undo. */
export function setMenu(choose: (command: MenuCommand) => void): void {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    click: () => choose(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  const isMac = process.platform === 'darwin'
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        item('Open files…', 'openFiles', 'CmdOrCtrl+O'),
        item('Open a folder of files…', 'openFolder'),
        item('Open project…', 'openProject', 'CmdOrCtrl+Shift+O'),
        item('Close project', 'closeProject', 'CmdOrCtrl+Shift+W'),
        { type: 'separator' },
        item('Memory and temporary files…', 'machineSettings'),
        { type: 'separator' },
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        item('Undo', 'undo', 'CmdOrCtrl+Z'),
        item('Redo', 'redo', isMac ? 'Cmd+Shift+Z' : 'Ctrl+Y'),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        item('Find anything…', 'commandPalette', 'CmdOrCtrl+K'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...developerItems(),
      ],
    },
    { label: '&Help', submenu: [item('Take the tour', 'tour'), item('About Casebook', 'about')] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

function developerItems(): MenuItemConstructorOptions[] {
  return app.isPackaged ? [] : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
}
