import { Button } from '@mantine/core'
import { IconAlertCircle, IconCopy, IconX } from '@tabler/icons-react'
import type { AppError } from '../../shared/errors'
import { CopyButton } from './CopyButton'
import { Icon } from './Icon'

interface ErrorNoteProps {
  readonly error: AppError
  readonly onRetry?: () => void
  readonly onDismiss?: () => void
}

/** What happened and where, what to do, and the details to copy. */
export function ErrorNote({ error, onRetry, onDismiss }: ErrorNoteProps) {
  const place = placeOf(error)
  return (
    <div className="note failed" role="alert">
      <Icon of={IconAlertCircle} />
      <div className="col grow" style={{ gap: 2 }}>
        <span className="m">{error.message}</span>
        {place !== '' && <span className="t2">{place}</span>}
        {error.hint !== undefined && <span>{error.hint}</span>}
      </div>
      <div className="row">
        {onRetry !== undefined && (
          <Button size="xs" onClick={onRetry}>
            Try again
          </Button>
        )}
        <CopyButton label="Copy details" icon={IconCopy} text={() => detailsOf(error)} />
        {onDismiss !== undefined && (
          <Button size="xs" variant="subtle" aria-label="Dismiss" onClick={onDismiss}>
            <Icon of={IconX} size={14} />
          </Button>
        )}
      </div>
    </div>
  )
}

export function placeOf({ where }: AppError): string {
  if (where === undefined) return ''
  return [
    where.file,
    where.sheet === undefined ? undefined : `sheet ${where.sheet}`,
    where.row === undefined ? undefined : `row ${where.row}`,
    where.column === undefined ? undefined : `column ${where.column}`,
    where.value === undefined ? undefined : `value “${where.value}”`,
  ]
    .filter((part) => part !== undefined)
    .join(', ')
}

function detailsOf(error: AppError): string {
  return [`${error.code}: ${error.message}`, placeOf(error), error.hint, error.technical]
    .filter((part) => part !== undefined && part !== '')
    .join('\n')
}
