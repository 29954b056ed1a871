import type { ShellApi } from '../shared/shellApi'

declare global {
  interface Window {
    readonly casebook: ShellApi
  }
}
