import { Button } from '@mantine/core'
import { IconCheck, type Icon as TablerIcon } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Icon } from './Icon'

interface CopyButtonProps {
  readonly label: string
  readonly icon: TablerIcon
  readonly text: () => string
  readonly size?: 'xs' | 'compact-sm'
}

export function CopyButton({ label, icon, text, size = 'xs' }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setCopied(false), 1600)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = (): void => {
    navigator.clipboard.writeText(text()).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <Button
      size={size}
      variant="subtle"
      onClick={copy}
      leftSection={<Icon of={isCopied ? IconCheck : icon} size={14} />}
      aria-live="polite"
    >
      {isCopied ? 'Copied' : label}
    </Button>
  )
}
