import { ActionIcon, Button, Drawer, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type CaseModel, type CostLine, costCategories, type Range } from '../../../shared/caseModel'
import { Icon } from '../../ui/Icon'
import { AmountField, RangeFields } from './NumberFields'

interface AssumptionsDrawerProps {
  readonly isOpen: boolean
  readonly model: CaseModel
  readonly onChange: (model: CaseModel) => void
  readonly onClose: () => void
}

/** Ranges of margin and cost, and the costs that belong to no single initiative. */
export function AssumptionsDrawer({ isOpen, model, onChange, onClose }: AssumptionsDrawerProps) {
  const setLine = (at: number, change: Partial<CostLine>): void =>
    onChange({ ...model, costs: model.costs.map((line, index) => (index === at ? { ...line, ...change } : line)) })
  return (
    <Drawer opened={isOpen} onClose={onClose} title="Assumptions and costs" size={460}>
      <div className="col" style={{ gap: 16 }}>
        <TextInput
          label="Name of the case"
          value={model.title}
          onChange={(event) => onChange({ ...model, title: event.currentTarget.value })}
        />
        <div className="f12 t3">As-is revenue: {model.baseline.source === '' ? 'typed' : model.baseline.source}</div>
        <RangeFields
          label="Margin on revenue, %"
          range={scaled(model.margin, 100)}
          min={0}
          onChange={(range) => onChange({ ...model, margin: scaled(range, 0.01) })}
        />
        <RangeFields
          label="Every cost times"
          description="Low is the cautious end: for costs the larger number"
          range={model.costFactor}
          min={0.01}
          onChange={(costFactor) => onChange({ ...model, costFactor })}
        />
        <fieldset className="rangefields">
          <legend>Costs of the whole plan</legend>
          {model.costs.length === 0 && <p className="f12 t3">None yet. Costs of one initiative are entered there.</p>}
          {model.costs.map((line, index) => (
            <CostLineFields
              // biome-ignore lint/suspicious/noArrayIndexKey: cost lines have no identity but their place
              key={index}
              line={line}
              horizon={model.horizon}
              onChange={(change) => setLine(index, change)}
              onRemove={() => onChange({ ...model, costs: model.costs.filter((_line, at) => at !== index) })}
            />
          ))}
          <div style={{ marginTop: 8 }}>
            <Button
              leftSection={<Icon of={IconPlus} size={14} />}
              onClick={() => onChange({ ...model, costs: [...model.costs, newLine(model.horizon)] })}
            >
              Add a cost
            </Button>
          </div>
        </fieldset>
      </div>
    </Drawer>
  )
}

interface CostLineFieldsProps {
  readonly line: CostLine
  readonly horizon: number
  readonly onChange: (change: Partial<CostLine>) => void
  readonly onRemove: () => void
}

function CostLineFields({ line, horizon, onChange, onRemove }: CostLineFieldsProps) {
  return (
    <div className="costline">
      <Select
        label="Category"
        data={[...costCategories]}
        value={line.category}
        allowDeselect={false}
        onChange={(value) => onChange({ category: costCategories.find((one) => one === value) ?? line.category })}
      />
      <AmountField label="A month" value={line.amount} min={0} onChange={(amount) => onChange({ amount })} />
      <AmountField
        label="From"
        value={line.fromMonth}
        min={1}
        max={horizon}
        isWhole
        onChange={(fromMonth) => onChange({ fromMonth })}
      />
      <AmountField
        label="To"
        value={line.toMonth}
        min={1}
        max={36}
        isWhole
        onChange={(toMonth) => onChange({ toMonth })}
      />
      <ActionIcon variant="subtle" color="gray" size={28} aria-label="Remove this cost" onClick={onRemove}>
        <Icon of={IconTrash} size={14} />
      </ActionIcon>
    </div>
  )
}

const newLine = (horizon: number): CostLine => ({
  name: '',
  category: 'Personnel',
  fromMonth: 1,
  toMonth: horizon,
  amount: 0,
})

const scaled = ({ low, base, high }: Range, factor: number): Range => {
  const times = (value: number): number => Math.round(value * factor * 1e6) / 1e6
  return { low: times(low), base: times(base), high: times(high) }
}
