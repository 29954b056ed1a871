import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { engineMessage, type ShellApi, type ShellEvent } from '../../shared/shellApi'

const api: ShellApi = {
  chooseFiles: () => ipcRenderer.invoke('shell:chooseFiles'),
  chooseProject: () => ipcRenderer.invoke('shell:chooseProject'),
  chooseSavePath: (suggestion) => ipcRenderer.invoke('shell:chooseSavePath', suggestion),
  projectsFolder: () => ipcRenderer.invoke('shell:projectsFolder'),
  samplesFolder: () => ipcRenderer.invoke('shell:samplesFolder'),
  printPdf: (input) => ipcRenderer.invoke('shell:printPdf', input),
  showInFolder: (path) => ipcRenderer.invoke('shell:showInFolder', path),
  recentProjects: () => ipcRenderer.invoke('shell:recentProjects'),
  rememberProject: (project) => ipcRenderer.invoke('shell:rememberProject', project),
  forgetProject: (folder) => ipcRenderer.invoke('shell:forgetProject', folder),
  setTheme: (theme) => ipcRenderer.invoke('shell:setTheme', theme),
  machineState: () => ipcRenderer.invoke('shell:machineState'),
  changeMachineSettings: (settings) => ipcRenderer.invoke('shell:changeMachineSettings', settings),
  chooseFolder: (from) => ipcRenderer.invoke('shell:chooseFolder', from),
  versions: () => ipcRenderer.invoke('shell:versions'),
  pathOf: (file) => webUtils.getPathForFile(file),
  ready: () => ipcRenderer.send('shell:ready'),
  onEvent: (listener) => {
    const forward = (_event: unknown, shellEvent: ShellEvent): void => listener(shellEvent)
    ipcRenderer.on('shell:event', forward)
    return () => ipcRenderer.off('shell:event', forward)
  },
}

contextBridge.exposeInMainWorld('casebook', api)

// Ports cannot pass through the context bridge; a message to the own window can carry them.
ipcRenderer.on(engineMessage, (event) => {
  window.postMessage(engineMessage, window.location.origin, event.ports)
})
