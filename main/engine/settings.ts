import type { Calendar } from '../../shared/calendar/calendar'
import { AppError } from '../../shared/errors'
import { type Settings, settingsSchema } from '../../shared/project'
import { requireZone } from '../../shared/timeZones'

/**
 * Settings complete and in their canonical spelling.
 * @throws AppError `bad-parameter` for a time zone that does not exist, or a period that ends before it begins.
 */
export function checkedSettings(wished: Partial<Settings>): Settings {
  const settings = settingsSchema.parse(wished)
  checkPeriods(settings.calendar)
  return {
    ...settings,
    dataZone: settings.dataZone === null ? null : requireZone(settings.dataZone),
    reportZone: settings.reportZone === null ? null : requireZone(settings.reportZone),
  }
}

function checkPeriods({ own }: Calendar): void {
  const wrong = own.find(({ first, last }) => last < first)
  if (wrong === undefined) return
  throw new AppError('bad-parameter', `${wrong.name} ends on ${wrong.last}, before it begins on ${wrong.first}.`, {
    hint: 'The first day comes first.',
  })
}
