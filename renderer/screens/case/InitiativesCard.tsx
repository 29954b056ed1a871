import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { type CaseModel, type Initiative, levers } from '../../../shared/caseModel'
import type { CaseProposal } from '../../../shared/engineApi'
import type { CaseResult, InitiativeResult } from '../../../shared/leverModel'
import { Icon } from '../../ui/Icon'
import { useFormatter } from '../../ui/useFormatter'
import { initiativesTitle, kpiText } from './caseTexts'

interface InitiativesCardProps {
  readonly model: CaseModel
  readonly result: CaseResult
  readonly notProposed: CaseProposal['notProposed']
  readonly selected: string | null
  readonly onOpen: (id: string) => void
  readonly onChange: (initiatives: Initiative[]) => void
  readonly onAdd: () => void
}

export function InitiativesCard(props: InitiativesCardProps) {
  const { model, result, notProposed, selected, onOpen, onChange, onAdd } = props
  const format = useFormatter()
  const setStatus = (id: string, status: Initiative['status']): void =>
    onChange(model.initiatives.map((one) => (one.id === id ? { ...one, status } : one)))
  const withoutCost = model.initiatives.some(
    (one) => one.status !== 'rejected' && one.oneOffCost + one.monthlyCost === 0,
  )
  return (
    <section className="card initiatives" aria-label="Initiatives">
      <div className="hd row">
        <h2>{initiativesTitle(result, format)}</h2>
      </div>
      {model.initiatives.length === 0 ? (
        <div className="empty">
          <p>
            An initiative moves one lever: conversion, items per order, repeat customers. Findings can become
            initiatives too.
          </p>
          <Button variant="filled" onClick={onAdd}>
            Add an initiative
          </Button>
        </div>
      ) : (
        <div className="initiativetable">
          <table className="plaintable">
            <thead>
              <tr>
                <th>Initiative and lever</th>
                <th>Target</th>
                <th className="r">Effect</th>
                <th className="r">Acts on</th>
                <th className="r">A month</th>
                <th className="r">Margin</th>
                <th>Evidence</th>
                <th>Decision</th>
              </tr>
            </thead>
            <tbody>
              {model.initiatives.map((one) => (
                <InitiativeRow
                  key={one.id}
                  initiative={one}
                  result={result.initiatives.find(({ id }) => id === one.id) ?? null}
                  isSelected={one.id === selected}
                  onOpen={() => onOpen(one.id)}
                  onStatus={(status) => setStatus(one.id, status)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <CaseNote withoutCost={withoutCost && model.costs.length === 0} notProposed={notProposed} />
    </section>
  )
}

interface InitiativeRowProps {
  readonly initiative: Initiative
  readonly result: InitiativeResult | null
  readonly isSelected: boolean
  readonly onOpen: () => void
  readonly onStatus: (status: Initiative['status']) => void
}

function InitiativeRow({ initiative, result, isSelected, onOpen, onStatus }: InitiativeRowProps) {
  const format = useFormatter()
  const isRejected = initiative.status === 'rejected'
  const isSaving = initiative.lever === 'cost'
  const effect = result === null || isSaving ? '–' : `${result.effect > 0 ? '+' : ''}${format.percent(result.effect)}`
  return (
    <tr className={`${isSelected ? 'on' : ''}${isRejected ? ' rejected' : ''}`}>
      <td>
        <button type="button" className="bare initiativename" onClick={onOpen} aria-label={`Edit ${initiative.title}`}>
          <span className="t3 f11 initiativetype">{initiative.type === 'own' ? 'own' : initiative.type}</span>
          <span className="col">
            <span className="m initiativetitle">{initiative.title}</span>
            <span className="f11 t3">{levers[initiative.lever]}</span>
          </span>
        </button>
      </td>
      <td>
        {isSaving
          ? `${format.money(initiative.monthlySaving.base)} saved`
          : `${kpiText(initiative.baseline, format)} → ${kpiText(initiative.target.base, format)}`}
      </td>
      <td className="r b">{effect}</td>
      <td className="r">{isSaving ? '–' : format.percent(initiative.baseShare)}</td>
      <td className="r">{result === null ? '–' : format.money(result.fullIncrement)}</td>
      <td className="r">{result === null ? '–' : format.money(result.margin)}</td>
      <td>
        <Tooltip label={initiative.evidence} disabled={initiative.evidence === ''} multiline>
          <span className={`chip ${initiative.confidence === 'low' ? 'warn' : 'ok'}`}>
            {names[initiative.confidence]}
          </span>
        </Tooltip>
      </td>
      <td>
        <Decision status={initiative.status} title={initiative.title} onStatus={onStatus} />
      </td>
    </tr>
  )
}

interface DecisionProps {
  readonly status: Initiative['status']
  readonly title: string
  readonly onStatus: (status: Initiative['status']) => void
}

/** Accept and reject; pressing the one in force takes it back to a proposal. */
function Decision({ status, title, onStatus }: DecisionProps) {
  return (
    <span className="row decision">
      <Tooltip label={status === 'accepted' ? 'Accepted; press to take back' : 'Accept'}>
        <ActionIcon
          size={24}
          variant="subtle"
          color="gray"
          className={status === 'accepted' ? 'accepted' : ''}
          aria-label={`Accept ${title}`}
          aria-pressed={status === 'accepted'}
          onClick={() => onStatus(status === 'accepted' ? 'proposed' : 'accepted')}
        >
          <Icon of={IconCheck} size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={status === 'rejected' ? 'Rejected, counts for nothing; press to take back' : 'Reject'}>
        <ActionIcon
          size={24}
          variant="subtle"
          color="gray"
          className={status === 'rejected' ? 'refused' : ''}
          aria-label={`Reject ${title}`}
          aria-pressed={status === 'rejected'}
          onClick={() => onStatus(status === 'rejected' ? 'proposed' : 'rejected')}
        >
          <Icon of={IconX} size={14} />
        </ActionIcon>
      </Tooltip>
    </span>
  )
}

interface CaseNoteProps {
  readonly withoutCost: boolean
  readonly notProposed: CaseProposal['notProposed']
}

function CaseNote({ withoutCost, notProposed }: CaseNoteProps) {
  const reasons = notProposed.map(({ title, why }) => `${title}: ${why}`).join('\n')
  if (!withoutCost && notProposed.length === 0) return null
  return (
    <div className="casenote">
      <div className="note">
        <Icon of={IconAlertTriangle} size={14} />
        <span>
          {withoutCost && 'Some initiatives have no cost yet, so the ROI flatters them. '}
          {notProposed.length > 0 && (
            <Tooltip label={<span style={{ whiteSpace: 'pre-line' }}>{reasons}</span>} multiline>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reasons must be reachable without a mouse */}
              <span tabIndex={0} className="notproposed">
                {notProposed.length} more of the catalogue {notProposed.length === 1 ? 'was' : 'were'} not proposed
              </span>
            </Tooltip>
          )}
          {notProposed.length > 0 && ': the data do not speak for them.'}
        </span>
      </div>
    </div>
  )
}

const names: Readonly<Record<Initiative['confidence'], string>> = { low: 'Low', medium: 'Medium', high: 'High' }
