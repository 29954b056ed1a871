import { Button, Checkbox, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import {
  type Calendar,
  countries,
  type Occasion,
  type OccasionKind,
  occasionKinds,
  occasionsOf,
} from '../../shared/calendar/calendar'
import type { ProjectState } from '../../shared/engineApi'
import { engine } from '../engine'
import { changeProject } from '../state/projectStore'
import { useFormatter } from '../ui/useFormatter'
import { forget } from './listenToShell'

interface CalendarFormProps {
  readonly project: ProjectState
  readonly onDone: () => void
}

/** Countries, weeks, fiscal year, and the occasions of the years of the data: built-in ones can be switched off, own ones added. */
export function CalendarForm({ project, onDone }: CalendarFormProps) {
  const [calendar, setCalendar] = useState<Calendar>(project.settings.calendar)
  const save = (): void => {
    forget(changeProject('Saving the calendar', (options) => engine.updateSettings({ calendar }, options)))
    onDone()
  }
  const change = (part: Partial<Calendar>): void => setCalendar({ ...calendar, ...part })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap={12}>
        <MultiSelect
          label="Countries"
          description="Whose holidays and gift days count"
          data={Object.entries(countries).map(([value, label]) => ({ value, label }))}
          value={calendar.countries}
          onChange={(value) => change({ countries: value as Calendar['countries'] })}
        />
        <Group gap={12} grow>
          <Select
            label="Weeks begin on"
            data={weekStarts}
            value={calendar.weekStart}
            allowDeselect={false}
            onChange={(value) => change({ weekStart: (value ?? 'monday') as Calendar['weekStart'] })}
          />
          <Select
            label="Fiscal year begins in"
            data={months}
            value={String(calendar.fiscalMonth)}
            allowDeselect={false}
            onChange={(value) => change({ fiscalMonth: Number(value ?? 1) })}
          />
        </Group>
        <Occasions calendar={calendar} years={yearsOf(project)} onChange={change} />
        <NewOccasion onAdd={(occasion) => change({ own: [...calendar.own, occasion] })} />
        <Group justify="flex-end" gap={8} mt={4}>
          <Button onClick={onDone}>Cancel</Button>
          <Button variant="filled" type="submit">
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface OccasionsProps {
  readonly calendar: Calendar
  readonly years: readonly [number, number]
  readonly onChange: (part: Partial<Calendar>) => void
}

function Occasions({ calendar, years, onChange }: OccasionsProps) {
  const format = useFormatter()
  const toggle = (id: string): void =>
    onChange({ off: calendar.off.includes(id) ? calendar.off.filter((one) => one !== id) : [...calendar.off, id] })
  const remove = ({ name, first }: Occasion): void =>
    onChange({ own: calendar.own.filter((one) => one.name !== name || one.first !== first) })
  return (
    <ul className="occasions" aria-label="Occasions">
      {occasionsOf({ ...calendar, off: [] }, ...years).map((occasion) => {
        const { id, name, kind, first, last } = occasion
        return (
          <li key={`${id ?? 'own'} ${name} ${first}`} className="row f12">
            {id === null ? (
              <span className="m grow">{name}</span>
            ) : (
              <Checkbox
                size="xs"
                className="grow"
                label={name}
                checked={!calendar.off.includes(id)}
                onChange={() => toggle(id)}
              />
            )}
            <span className="t3 nw">{kind}</span>
            <span className="t2 nw">
              {first === last ? format.date(first) : `${format.date(first)} – ${format.date(last)}`}
            </span>
            {id === null && (
              <button type="button" className="link" aria-label={`Remove ${name}`} onClick={() => remove(occasion)}>
                Remove
              </button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function NewOccasion({ onAdd }: { readonly onAdd: (occasion: Calendar['own'][number]) => void }) {
  const empty = { name: '', kind: 'campaign' as OccasionKind, first: '', last: '' }
  const [occasion, setOccasion] = useState(empty)
  const last = occasion.last === '' ? occasion.first : occasion.last
  const isReady = occasion.name.trim() !== '' && occasion.first !== '' && last >= occasion.first
  return (
    <fieldset className="newoccasion">
      <legend className="f12 m">One of your own</legend>
      <TextInput
        aria-label="Name of the occasion"
        placeholder="Spring sale"
        value={occasion.name}
        onChange={(event) => setOccasion({ ...occasion, name: event.currentTarget.value })}
      />
      <Select
        aria-label="Kind of occasion"
        data={[...occasionKinds]}
        value={occasion.kind}
        allowDeselect={false}
        onChange={(value) => setOccasion({ ...occasion, kind: (value ?? 'campaign') as OccasionKind })}
      />
      <span />
      <TextInput
        type="date"
        aria-label="First day"
        value={occasion.first}
        onChange={(event) => setOccasion({ ...occasion, first: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        aria-label="Last day"
        value={occasion.last}
        onChange={(event) => setOccasion({ ...occasion, last: event.currentTarget.value })}
      />
      <Button
        disabled={!isReady}
        onClick={() => {
          onAdd({ ...occasion, name: occasion.name.trim(), last })
          setOccasion(empty)
        }}
      >
        Add
      </Button>
    </fieldset>
  )
}

function yearsOf({ period }: ProjectState): readonly [number, number] {
  const year = new Date().getUTCFullYear()
  return period === null ? [year, year] : [Number(period.first.slice(0, 4)), Number(period.last.slice(0, 4))]
}

const weekStarts = [
  { value: 'monday', label: 'Monday' },
  { value: 'sunday', label: 'Sunday' },
  { value: 'saturday', label: 'Saturday' },
]
const months = Array.from({ length: 12 }, (_, index) => ({
  value: String(index + 1),
  label: new Date(Date.UTC(2000, index, 1)).toLocaleString('en', { month: 'long', timeZone: 'UTC' }),
}))
