import type { Icon as TablerIcon } from '@tabler/icons-react'

interface IconProps {
  readonly of: TablerIcon
  readonly size?: number
  readonly className?: string
}

/** Icons only accompany words or an accessible name, so they are never read out. */
export function Icon({ of: Drawing, size = 16, className }: IconProps) {
  return <Drawing size={size} stroke={2} aria-hidden="true" {...(className === undefined ? {} : { className })} />
}
