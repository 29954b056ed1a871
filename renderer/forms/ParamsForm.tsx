import './forms.css'
import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useMemo } from 'react'
import { Icon } from '../ui/Icon'
import { type ParamField, paramFields, paramValue } from './paramFields'
import { NumberParam, TextParam } from './TypedParam'

type Params = Readonly<Record<string, unknown>>

interface ParamsFormProps {
  /** JSON Schema of the params. */
  readonly schema: unknown
  readonly params: Params
  readonly onChange: (params: Params) => void
}

/** A line of chips drawn from a params schema; each change runs the question again. */
export function ParamsForm({ schema, params, onChange }: ParamsFormProps) {
  const fields = useMemo(() => paramFields(schema), [schema])
  if (fields.length === 0) return null
  return (
    <fieldset className="params">
      <legend className="sr">Parameters</legend>
      {fields.map((field) => (
        <Param
          key={field.name}
          field={field}
          value={paramValue(field, params)}
          onChange={(value) => onChange({ ...params, [field.name]: value })}
        />
      ))}
    </fieldset>
  )
}

interface ParamProps {
  readonly field: ParamField
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

function Param({ field, value, onChange }: ParamProps) {
  switch (field.kind) {
    case 'choice':
      return <ChoiceParam field={field} value={value} onChange={onChange} />
    case 'flag':
      return (
        <button type="button" className="param" aria-pressed={value === true} onClick={() => onChange(value !== true)}>
          <span className="k">{field.label}</span>
          <span className="v">{value === true ? 'Yes' : 'No'}</span>
        </button>
      )
    case 'number':
      return <NumberParam field={field} value={typeof value === 'number' ? value : null} onChange={onChange} />
    case 'text':
      return <TextParam field={field} value={typeof value === 'string' ? value : ''} onChange={onChange} />
    default:
      return field satisfies never
  }
}

interface ChoiceParamProps {
  readonly field: Extract<ParamField, { kind: 'choice' }>
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

function ChoiceParam({ field, value, onChange }: ChoiceParamProps) {
  const shown = field.options.find((option) => option.value === value)?.label ?? '–'
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className="param" aria-label={`${field.label}: ${shown}`}>
          <span className="k">{field.label}</span>
          <span className="v">{shown}</span>
          <Icon of={IconChevronDown} size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {field.options.map((option) => (
          <Menu.Item
            key={option.value}
            leftSection={option.value === value ? <Icon of={IconCheck} size={14} /> : <span style={{ width: 14 }} />}
            onClick={() => onChange(option.value)}
          >
            {option.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
