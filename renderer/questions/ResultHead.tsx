import { Button, Menu } from '@mantine/core'
import {
  IconChevronRight,
  IconCopy,
  IconDownload,
  IconFlag,
  IconLayoutSidebarRight,
  IconPin,
  IconPinFilled,
} from '@tabler/icons-react'
import { type AnalysisAnswer, themes } from '../../shared/analysis'
import type { AnalysisListing } from '../../shared/engineApi'
import type { FileKind } from '../../shared/shellApi'
import { engine } from '../engine'
import { mainTable, tableAsText } from '../report/tableText'
import { draftInitiative } from '../state/draftStore'
import { runJob } from '../state/jobStore'
import { noteKept, useProject } from '../state/projectStore'
import { CopyButton } from '../ui/CopyButton'
import { Icon } from '../ui/Icon'
import { showWritten } from '../ui/showWritten'
import { useReporter } from '../ui/useReporter'

interface ResultHeadProps {
  readonly listing: AnalysisListing
  readonly screenName: string
  readonly params: Readonly<Record<string, unknown>>
  readonly answer: AnalysisAnswer | null
  readonly isPanelShown: boolean
  readonly onPanel: () => void
  readonly onBack: () => void
}

const exportsOffered: readonly { readonly kind: FileKind; readonly label: string; readonly note: string }[] = [
  { kind: 'xlsx', label: 'Excel', note: 'tables and charts' },
  { kind: 'csv', label: 'CSV', note: 'the table' },
  { kind: 'html', label: 'HTML page', note: 'one file' },
  { kind: 'json', label: 'JSON', note: 'unrounded' },
]

/** Where we are, and what can be done with the answer. */
export function ResultHead({ listing, screenName, params, answer, isPanelShown, onPanel, onBack }: ResultHeadProps) {
  const report = useReporter()
  const table = answer === null ? null : mainTable(answer.report)
  const save = async (kind: FileKind): Promise<void> => {
    const to = await window.casebook.chooseSavePath({ name: `${listing.title}.${kind}`, kind })
    if (to === null) return
    showWritten(
      await runJob(`Writing ${listing.title}`, (options) =>
        engine.exportAnalysis({ id: listing.id, params, to, replace: true }, options),
      ),
    )
  }
  return (
    <div className="crumb">
      <button type="button" className="link" onClick={onBack}>
        {screenName}
      </button>
      <Icon of={IconChevronRight} size={14} />
      <span>{themes[listing.theme]}</span>
      <Icon of={IconChevronRight} size={14} />
      <span className="cur">{listing.title}</span>
      <span className="actions">
        {table !== null && (
          <CopyButton size="compact-sm" label="Copy" icon={IconCopy} text={() => tableAsText(table)} />
        )}
        <Menu position="bottom-end" width={216}>
          <Menu.Target>
            <Button variant="subtle" disabled={answer === null} leftSection={<Icon of={IconDownload} size={14} />}>
              Export
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Export this answer</Menu.Label>
            {exportsOffered.map(({ kind, label, note }) => (
              <Menu.Item
                key={kind}
                rightSection={<span className="f11 t3">{note}</span>}
                onClick={() => report(save(kind))}
              >
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <KeepButton listing={listing} params={params} isReady={answer !== null} />
        <Button
          variant="filled"
          disabled={answer === null}
          leftSection={<Icon of={IconFlag} size={14} />}
          onClick={() =>
            draftInitiative({
              title: '',
              kpi: '',
              baseShare: 1,
              evidence: answer === null ? '' : answer.report.finding,
            })
          }
        >
          Make an initiative
        </Button>
        {!isPanelShown && (
          <Button leftSection={<Icon of={IconLayoutSidebarRight} size={14} />} onClick={onPanel}>
            Definition
          </Button>
        )}
      </span>
    </div>
  )
}

type KeepButtonProps = Pick<ResultHeadProps, 'listing' | 'params'> & { readonly isReady: boolean }

/** A kept answer is a step of the recipe: it is computed again whenever the data change. */
function KeepButton({ listing, params, isReady }: KeepButtonProps) {
  const kept = useProject((state) => state.project?.kept ?? [])
  const isKept = kept.some((step) => step.analysis === listing.id && isSame(step.params, params))
  const report = useReporter()
  const keep = async (): Promise<void> => {
    await runJob(`Keeping ${listing.title}`, (options) =>
      engine.runAnalysis({ id: listing.id, params, keep: true }, options),
    )
    noteKept({ analysis: listing.id, params })
  }
  return (
    <Button
      disabled={!isReady || isKept}
      leftSection={<Icon of={isKept ? IconPinFilled : IconPin} size={14} />}
      onClick={() => report(keep())}
    >
      {isKept ? 'Kept' : 'Keep'}
    </Button>
  )
}

/** What was set by hand is kept inside what the engine filled in. */
function isSame(kept: Readonly<Record<string, unknown>>, params: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(params).every(([name, value]) => JSON.stringify(kept[name]) === JSON.stringify(value))
}
