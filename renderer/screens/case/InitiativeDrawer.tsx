import { Button, Drawer, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { type CaseModel, type Initiative, levers } from '../../../shared/caseModel'
import { Icon } from '../../ui/Icon'
import { CostFields } from './CostFields'
import { AmountField, RangeFields, ShareField } from './NumberFields'
import { RampField } from './RampField'

interface InitiativeDrawerProps {
  readonly initiative: Initiative | null
  readonly model: CaseModel
  readonly onChange: (initiative: Initiative) => void
  readonly onRemove: (id: string) => void
  readonly onClose: () => void
}

/** Everything an initiative assumes; each change moves the page behind it. */
export function InitiativeDrawer({ initiative, model, onChange, onRemove, onClose }: InitiativeDrawerProps) {
  return (
    <Drawer
      opened={initiative !== null}
      onClose={onClose}
      title="Initiative"
      overlayProps={{ backgroundOpacity: 0.08 }}
    >
      {initiative !== null && (
        <InitiativeForm
          key={initiative.id}
          initiative={initiative}
          model={model}
          onChange={onChange}
          onRemove={onRemove}
          onClose={onClose}
        />
      )}
    </Drawer>
  )
}

type InitiativeFormProps = Omit<InitiativeDrawerProps, 'initiative'> & { readonly initiative: Initiative }

function InitiativeForm({ initiative, model, onChange, onRemove, onClose }: InitiativeFormProps) {
  const set = (change: Partial<Initiative>): void => onChange({ ...initiative, ...change })
  return (
    <div className="drawerform">
      <div className="col" style={{ gap: 12 }}>
        <TextInput
          label="What will be done"
          value={initiative.title}
          error={initiative.title === '' ? 'Give it a name' : null}
          onChange={(event) => set({ title: event.currentTarget.value || 'New initiative' })}
        />
        <SegmentedControl
          fullWidth
          aria-label="Decision"
          value={initiative.status}
          onChange={(value) => set({ status: statuses.find(({ value: one }) => one === value)?.value ?? 'proposed' })}
          data={statuses}
        />
        <Select
          label="Lever"
          data={leverOptions}
          value={initiative.lever}
          allowDeselect={false}
          onChange={(value) =>
            set({ lever: leverOptions.find((option) => option.value === value)?.value ?? initiative.lever })
          }
        />
        <LeverFields initiative={initiative} set={set} />
        <div className="pair">
          <AmountField
            label="Starts in month"
            value={initiative.startMonth}
            min={1}
            max={model.horizon}
            isWhole
            onChange={(startMonth) => set({ startMonth })}
          />
          <RampField ramp={initiative.ramp} onChange={(ramp) => set({ ramp })} />
        </div>
        <CostFields initiative={initiative} set={set} />
        <div className="pair">
          <Select
            label="Confidence"
            data={levels}
            value={initiative.confidence}
            allowDeselect={false}
            onChange={(value) => set({ confidence: levelOf(value) ?? initiative.confidence })}
          />
          <Select
            label="Effort"
            data={levels}
            value={initiative.effort}
            allowDeselect={false}
            onChange={(value) => set({ effort: levelOf(value) ?? initiative.effort })}
          />
        </div>
        <TextInput
          label="Owner"
          value={initiative.owner}
          onChange={(event) => set({ owner: event.currentTarget.value })}
        />
        <Textarea
          label="Evidence"
          description="Number, interval and period that speak for it"
          autosize
          minRows={2}
          value={initiative.evidence}
          onChange={(event) => set({ evidence: event.currentTarget.value })}
        />
        <TextInput
          label="Has to be there first"
          value={initiative.dependency}
          onChange={(event) => set({ dependency: event.currentTarget.value })}
        />
      </div>
      <div className="drawerfoot">
        <Button
          variant="subtle"
          leftSection={<Icon of={IconTrash} size={14} />}
          onClick={() => onRemove(initiative.id)}
        >
          Remove
        </Button>
        <span className="grow" />
        <Button variant="filled" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}

interface LeverFieldsProps {
  readonly initiative: Initiative
  readonly set: (change: Partial<Initiative>) => void
}

function LeverFields({ initiative, set }: LeverFieldsProps) {
  if (initiative.lever === 'cost') {
    return (
      <RangeFields
        label="Saved a month at full effect"
        range={initiative.monthlySaving}
        min={0}
        onChange={(monthlySaving) => set({ monthlySaving })}
      />
    )
  }
  return (
    <>
      <div className="pair">
        <TextInput label="KPI" value={initiative.kpi} onChange={(event) => set({ kpi: event.currentTarget.value })} />
        <AmountField
          label="Measured today"
          value={initiative.baseline}
          min={1e-9}
          onChange={(baseline) => set({ baseline })}
        />
      </div>
      <RangeFields
        label="Target of the KPI"
        description={initiative.rangeSource === '' ? undefined : `Low and high: ${initiative.rangeSource}`}
        range={initiative.target}
        min={1e-9}
        onChange={(target) => set({ target, rangeSource: 'typed' })}
      />
      <div className="pair">
        <ShareField
          label="Acts on, % of revenue"
          value={initiative.baseShare}
          onChange={(baseShare) => set({ baseShare })}
        />
        <ShareField label="Kept after overlap, %" value={initiative.overlap} onChange={(overlap) => set({ overlap })} />
      </div>
    </>
  )
}

const leverOptions = (Object.entries(levers) as [Initiative['lever'], string][]).map(([value, label]) => ({
  value,
  label,
}))

const levels: { value: Initiative['confidence']; label: string }[] = [
  { value: 'low', label: 'Low' },
  { value: 'medium', label: 'Medium' },
  { value: 'high', label: 'High' },
]

const levelOf = (value: string | null): Initiative['confidence'] | undefined =>
  levels.find((level) => level.value === value)?.value

const statuses: { value: Initiative['status']; label: string }[] = [
  { value: 'proposed', label: 'Proposed' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'rejected', label: 'Rejected' },
]
