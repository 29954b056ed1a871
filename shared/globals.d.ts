// The few globals that Node, Electron and the browser all have. Only tsconfig.shared.json reads this file: the other
// projects get the real declarations of their platform.
interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
declare const AbortController: { new (): AbortController }
interface AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}
declare class TextEncoder {
  encode(text: string): Uint8Array
}
declare class TextDecoder {
  constructor(label?: string)
  decode(bytes: Uint8Array): string
}
declare function setTimeout(callback: () => void, delayMs: number): unknown
declare function clearTimeout(timer: unknown): void
declare function structuredClone<T>(value: T): T
/** Opaque here: a dropped file, handed from the page to the shell. */
interface File {
  readonly name: string
}
