import { IconAlertTriangle } from '@tabler/icons-react'
import { Icon } from '../ui/Icon'

export function EngineBanner() {
  return (
    <div className="note" role="alert">
      <Icon of={IconAlertTriangle} />
      <span>
        <b className="m">The engine stopped.</b> It is being restarted; your project is as it was saved and opens again
        by itself.
      </span>
    </div>
  )
}
