import { useMemo } from 'react'
import { createFormatter, type Formatter } from '../../shared/format'
import { useProject } from '../state/projectStore'

/** Numbers, money and dates as the open project prints them. */
export function useFormatter(): Formatter {
  const locale = useProject(({ project }) => project?.settings.locale ?? 'en-US')
  const currency = useProject(({ project }) => project?.settings.currency ?? null)
  return useMemo(() => createFormatter({ locale, currency }), [locale, currency])
}
