export function sandboxSwitches(): string[]
