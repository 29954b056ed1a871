import { Select } from '@mantine/core'
import { costCategories, type Initiative } from '../../../shared/caseModel'
import { AmountField } from './NumberFields'

interface CostFieldsProps {
  readonly initiative: Initiative
  readonly set: (change: Partial<Initiative>) => void
}

export function CostFields({ initiative, set }: CostFieldsProps) {
  return (
    <div className="triple">
      <AmountField
        label="Cost once"
        value={initiative.oneOffCost}
        min={0}
        onChange={(oneOffCost) => set({ oneOffCost })}
      />
      <AmountField
        label="Cost a month"
        value={initiative.monthlyCost}
        min={0}
        onChange={(monthlyCost) => set({ monthlyCost })}
      />
      <Select
        label="Category"
        data={[...costCategories]}
        value={initiative.costCategory}
        allowDeselect={false}
        onChange={(value) =>
          set({ costCategory: costCategories.find((one) => one === value) ?? initiative.costCategory })
        }
      />
    </div>
  )
}
