import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { IHeaderParams } from 'ag-grid-community'
import { useEffect, useState } from 'react'
import type { ColumnProfile } from '../../../shared/engineApi'
import type { Formatter } from '../../../shared/format'
import { Icon } from '../../ui/Icon'
import { Distribution } from './Distribution'

export interface ColumnHeaderProps extends IHeaderParams {
  readonly role: string
  readonly isNumber: boolean
  readonly profile: ColumnProfile | null
  readonly format: Formatter
}

/** Column name, role, and how its values are distributed; a click sorts. */
export function ColumnHeader({
  displayName,
  progressSort,
  column,
  role,
  isNumber,
  profile,
  format,
}: ColumnHeaderProps) {
  const [sort, setSort] = useState(column.getSort())
  useEffect(() => {
    const update = (): void => setSort(column.getSort())
    column.addEventListener('sortChanged', update)
    return () => column.removeEventListener('sortChanged', update)
  }, [column])
  return (
    <button
      type="button"
      className={`bare columnhead${isNumber ? ' number' : ''}`}
      onClick={(event) => progressSort(event.shiftKey)}
      title={profile === null ? displayName : summaryOf(profile, format)}
    >
      <span className="columnname">
        <span className="ell">{displayName}</span>
        {sort === 'asc' && <Icon of={IconArrowUp} size={12} />}
        {sort === 'desc' && <Icon of={IconArrowDown} size={12} />}
      </span>
      <span className="columnrole ell">{role === '' ? '\u00a0' : role}</span>
      <span className="columnshape">
        {profile === null ? (
          <span className="skeleton shapewait" />
        ) : (
          <Distribution profile={profile} format={format} />
        )}
      </span>
    </button>
  )
}

function summaryOf(profile: ColumnProfile, format: Formatter): string {
  const missing = profile.missing === 0 ? 'none missing' : `${format.count(profile.missing)} missing`
  const sum = profile.sum === null ? '' : `, sum ${format.cents(profile.sum)}`
  return `${profile.name}: ${format.count(profile.distinct)} distinct, ${missing}${sum}`
}
