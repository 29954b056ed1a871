import { readFileSync } from 'node:fs'

/** `--no-sandbox` where Chromium would otherwise refuse to start: as root, and where the kernel denies user namespaces. */
export function sandboxSwitches() {
  if (process.platform !== 'linux') return []
  const isRoot = process.getuid() === 0
  const isDenied =
    kernelSetting('apparmor_restrict_unprivileged_userns') === '1' || kernelSetting('unprivileged_userns_clone') === '0'
  return isRoot || isDenied ? ['--no-sandbox'] : []
}

function kernelSetting(name) {
  try {
    return readFileSync(`/proc/sys/kernel/${name}`, 'utf8').trim()
  } catch {
    return undefined
  }
}
