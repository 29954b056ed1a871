import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { SentenceBlock } from '../../shared/report'
import { Icon } from '../ui/Icon'

export function SentenceNote({ tone, text }: Pick<SentenceBlock, 'tone' | 'text'>) {
  if (tone === 'plain') return <p className="plain">{text}</p>
  return (
    <div className={tone === 'good' ? 'note good' : 'note'}>
      <Icon of={tone === 'good' ? IconCheck : IconAlertTriangle} size={14} />
      <span>{text}</span>
    </div>
  )
}
