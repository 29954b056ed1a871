/** What the window may ask of the Electron shell; the preload offers it as `window.casebook`. */
export interface ShellApi {
  /** Shows the open dialog for data files; an empty list when the person cancels. */
  chooseFiles(): Promise<readonly string[]>
  /** Shows the open dialog for a project folder; null when the person cancels. */
  chooseProject(): Promise<string | null>
  /** Shows the save dialog, which itself asks before overwriting; null when the person cancels. */
  chooseSavePath(suggestion: { readonly name: string; readonly kind: FileKind }): Promise<string | null>
  /** The folder in which new projects are made: "Casebook" in the person's documents. */
  projectsFolder(): Promise<string>
  /** The folder of the bundled samples. */
  samplesFolder(): Promise<string>
  /** Prints a self-contained HTML file as PDF: no scripts, no network, only what is in the file. */
  printPdf(input: { readonly html: string; readonly to: string }): Promise<void>
  showInFolder(path: string): Promise<void>
  recentProjects(): Promise<readonly RecentProject[]>
  rememberProject(project: RecentProject): Promise<void>
  forgetProject(folder: string): Promise<void>
  setTheme(theme: Theme): Promise<void>
  machineState(): Promise<MachineState>
  /** Keeps the settings and starts the engine anew; answers what is wrong with them instead, when something is. */
  changeMachineSettings(settings: MachineSettings): Promise<MachineState['problem']>
  /** Shows the open dialog for a folder, at first the documents; null when the person cancels. */
  chooseFolder(from: string | null): Promise<string | null>
  versions(): Promise<Versions>
  /** The path of a dropped file; the sandboxed page cannot know it by itself. */
  pathOf(file: File): string
  /** Tells the shell that the page is ready for its engine port (sent as a window message, see `engineMessage`). */
  ready(): void
  /** Menu entries, file associations and the engine's fate; returns the way to stop listening. */
  onEvent(listener: (event: ShellEvent) => void): () => void
}

/** `folder`: a name for a new folder. */
export type FileKind = 'csv' | 'xlsx' | 'parquet' | 'folder' | 'html' | 'json' | 'png' | 'svg' | 'txt' | 'pdf'
export type Theme = 'light' | 'dark' | 'system'

/** What is set for this computer and stands in no project; null: as usual. */
export interface MachineSettings {
  /** The most a database may take, as written: `4 GB`. */
  readonly memory: string | null
  readonly tempFolder: string | null
}

export interface MachineState extends MachineSettings {
  readonly totalMemory: number
  readonly usualTempFolder: string
  /** Why a setting cannot be used now; the usual one takes its place. */
  readonly problem: { readonly message: string; readonly hint: string } | null
}

export interface RecentProject {
  readonly folder: string
  readonly name: string
  /** One line: "5 files · 52,924 order lines". */
  readonly summary: string
  /** One line of state: "1 choice open in Data". */
  readonly state: string
  readonly stateTone: 'ok' | 'warn' | 'plain'
  /** ISO instant. */
  readonly openedAt: string
}

export type ShellEvent =
  | { readonly type: 'menu'; readonly command: MenuCommand }
  | { readonly type: 'openFiles'; readonly paths: readonly string[] }
  | { readonly type: 'openProject'; readonly folder: string }
  /** The engine process ended by itself; a new one is being started and its port follows. */
  | { readonly type: 'engineStopped'; readonly reason: string }

export type MenuCommand =
  | 'openFiles'
  | 'openFolder'
  | 'openProject'
  | 'commandPalette'
  | 'about'
  | 'tour'
  | 'machineSettings'
  | 'undo'
  | 'redo'
  | 'closeProject'

export interface Versions {
  readonly app: string
  readonly electron: string
  readonly chrome: string
  readonly node: string
  /** True when the runtime is not the pinned Electron release. */
  readonly standIn: boolean
}

/** The `data` of the window message that carries the engine's MessagePort. */
export const engineMessage = 'casebook:engine-port'
