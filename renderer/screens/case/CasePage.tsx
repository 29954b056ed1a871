import { Button, SegmentedControl } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustments, IconChevronRight, IconDownload, IconPlus } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import type { CaseModel, Initiative } from '../../../shared/caseModel'
import type { CaseProposal } from '../../../shared/engineApi'
import { type CaseScenario, caseScenarios, computeScenarios } from '../../../shared/leverModel'
import { computeSensitivity } from '../../../shared/leverSensitivity'
import { engine } from '../../engine'
import { ParamsForm } from '../../forms/ParamsForm'
import { dropDraft, useDraft } from '../../state/draftStore'
import { runJob } from '../../state/jobStore'
import { Icon } from '../../ui/Icon'
import { showWritten } from '../../ui/showWritten'
import { useFormatter } from '../../ui/useFormatter'
import { useReporter } from '../../ui/useReporter'
import { AssumptionsDrawer } from './AssumptionsDrawer'
import { CaseCharts } from './CaseCharts'
import { CaseFigures } from './CaseFigures'
import { caseParams, caseSchema, withParams } from './caseParams'
import { caseHeadline } from './caseTexts'
import { InitiativeDrawer } from './InitiativeDrawer'
import { InitiativesCard } from './InitiativesCard'
import { newInitiative } from './newInitiative'
import { useCaseModel } from './useCaseModel'

/** As-is against to-be; every assumption moves the whole page at once. */
export function CasePage({ proposal }: { readonly proposal: CaseProposal }) {
  const format = useFormatter()
  const [model, change] = useCaseModel(proposal.model)
  const [scenario, setScenario] = useState<CaseScenario>(model.scenario)
  const [edited, setEdited] = useState<string | null>(null)
  const [isAssuming, assumptions] = useDisclosure(false)
  const results = useMemo(() => computeScenarios(model), [model])
  const sensitivity = useMemo(() => computeSensitivity(model), [model])
  const initiative = model.initiatives.find(({ id }) => id === edited) ?? null
  const setInitiatives = (initiatives: Initiative[]): void => change({ ...model, initiatives })
  const add = (fresh: Initiative): void => {
    setInitiatives([...model.initiatives, fresh])
    setEdited(fresh.id)
  }
  useDraftOnce(model, add)

  return (
    <div className="page" data-screen="case">
      <CaseHead
        title={model.title}
        onAssumptions={assumptions.open}
        onAdd={() => add(newInitiative(model.initiatives))}
      />
      <h1 className="find">{caseHeadline(results[scenario], format)}</h1>
      <div className="row wrap" style={{ gap: '6px 12px' }}>
        <SegmentedControl
          aria-label="Scenario"
          value={scenario}
          onChange={(value) => {
            const chosen = caseScenarios.find((one) => one === value) ?? 'base'
            setScenario(chosen)
            if (chosen !== 'nothing') change({ ...model, scenario: chosen })
          }}
          data={scenarioLabels}
        />
        <ParamsForm
          schema={caseSchema}
          params={caseParams(model)}
          onChange={(params) => change(withParams(model, params))}
        />
      </div>
      <CaseFigures model={model} results={results} scenario={scenario} />
      <div className="caserow plan">
        <InitiativesCard
          model={model}
          result={results[scenario]}
          notProposed={proposal.notProposed}
          selected={edited}
          onOpen={setEdited}
          onChange={setInitiatives}
          onAdd={() => add(newInitiative(model.initiatives))}
        />
        <CaseCharts.Waterfall model={model} result={results[scenario]} />
      </div>
      <div className="caserow">
        <CaseCharts.Cumulative model={model} results={results} />
        <CaseCharts.Tornado sensitivity={sensitivity} />
      </div>
      <InitiativeDrawer
        initiative={initiative}
        model={model}
        onChange={(next) => setInitiatives(model.initiatives.map((one) => (one.id === next.id ? next : one)))}
        onRemove={(id) => {
          setEdited(null)
          setInitiatives(model.initiatives.filter((one) => one.id !== id))
        }}
        onClose={() => setEdited(null)}
      />
      <AssumptionsDrawer isOpen={isAssuming} model={model} onChange={change} onClose={assumptions.close} />
    </div>
  )
}

interface CaseHeadProps {
  readonly title: string
  readonly onAssumptions: () => void
  readonly onAdd: () => void
}

function CaseHead({ title, onAssumptions, onAdd }: CaseHeadProps) {
  const report = useReporter()
  const save = async (): Promise<void> => {
    const to = await window.casebook.chooseSavePath({ name: `${title}.xlsx`, kind: 'xlsx' })
    if (to === null) return
    showWritten(await runJob('Writing Excel workbook', (options) => engine.exportCase({ to, replace: true }, options)))
  }
  return (
    <div className="crumb">
      {title !== 'Business case' && (
        <>
          <span>Business case</span>
          <Icon of={IconChevronRight} size={14} />
        </>
      )}
      <span className="cur">{title}</span>
      <span className="actions">
        <Button variant="subtle" leftSection={<Icon of={IconAdjustments} size={14} />} onClick={onAssumptions}>
          Assumptions and costs
        </Button>
        <Button leftSection={<Icon of={IconPlus} size={14} />} onClick={onAdd}>
          Initiative
        </Button>
        <Button variant="filled" leftSection={<Icon of={IconDownload} size={14} />} onClick={() => report(save())}>
          Export Excel
        </Button>
      </span>
    </div>
  )
}

/** A finding that came along from another screen becomes an initiative to complete. */
function useDraftOnce(model: CaseModel, add: (fresh: Initiative) => void): void {
  const draft = useDraft((state) => state.draft)
  useEffect(() => {
    if (draft === null || useDraft.getState().draft !== draft) return
    dropDraft()
    add({ ...newInitiative(model.initiatives), ...draft, title: draft.title === '' ? 'New initiative' : draft.title })
  })
}

const scenarioLabels: { value: CaseScenario; label: string }[] = [
  { value: 'nothing', label: 'Do nothing' },
  { value: 'low', label: 'Low' },
  { value: 'base', label: 'Base' },
  { value: 'high', label: 'High' },
]
