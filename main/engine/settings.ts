import { type Settings, settingsSchema } from '../../shared/project'
import { requireZone } from '../../shared/timeZones'

/**
 * Settings complete and in their canonical spelling.
 * @throws AppError `bad-parameter` for a time zone that does not exist.
 */
export function checkedSettings(wished: Partial<Settings>): Settings {
  const settings = settingsSchema.parse(wished)
  return {
    ...settings,
    dataZone: settings.dataZone === null ? null : requireZone(settings.dataZone),
    reportZone: settings.reportZone === null ? null : requireZone(settings.reportZone),
  }
}
