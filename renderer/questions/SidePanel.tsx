import { Tabs } from '@mantine/core'
import { IconAlertTriangle, IconArrowRight, IconCopy } from '@tabler/icons-react'
import type { AnalysisAnswer } from '../../shared/analysis'
import type { AnalysisListing } from '../../shared/engineApi'
import type { Formatter } from '../../shared/format'
import type { SelectedNumber } from '../report/selection'
import { CopyButton } from '../ui/CopyButton'
import { Icon } from '../ui/Icon'
import { periodText } from '../ui/periodText'
import { SqlText } from '../ui/SqlText'
import { useFormatter } from '../ui/useFormatter'
import { definitionParts } from './definitionCard'
import { optionsInForce } from './optionsInForce'

/** The same key figure under the options before the last change. */
export interface NumberBefore {
  readonly value: string
  readonly options: string
}

interface SidePanelProps {
  readonly answer: AnalysisAnswer | null
  readonly selected: SelectedNumber | null
  readonly before: NumberBefore | null
  readonly listing: AnalysisListing
  readonly siblings: readonly AnalysisListing[]
  readonly onOpen: (analysis: string) => void
}

/** What a number means and how to get it again. */
export function SidePanel({ answer, selected, before, listing, siblings, onOpen }: SidePanelProps) {
  return (
    <Tabs
      defaultValue="definition"
      classNames={{ root: 'sidetabs', list: 'sidelist', tab: 'sidetab', panel: 'sidebody' }}
    >
      <Tabs.List>
        <Tabs.Tab value="definition">Definition</Tabs.Tab>
        <Tabs.Tab value="sql">SQL</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="definition">
        <SelectedCard selected={selected} before={before} />
        {answer !== null && <Definition answer={answer} listing={listing} selected={selected} />}
        <NextStep listing={listing} siblings={siblings} onOpen={onOpen} />
      </Tabs.Panel>
      <Tabs.Panel value="sql">{answer !== null && <SqlList statements={answer.sql} />}</Tabs.Panel>
    </Tabs>
  )
}

function SelectedCard({ selected, before }: Pick<SidePanelProps, 'selected' | 'before'>) {
  if (selected === null) return <p className="f12 t3">Click a number to see what it is.</p>
  return (
    <div aria-live="polite">
      <div className="f12 t3">Selected number</div>
      <div className="row wrap" style={{ marginTop: 2, gap: '0 8px' }}>
        <span className="selectedvalue tnum">{selected.value}</span>
        <span className="t2 f12">{selected.what}</span>
      </div>
      {before !== null && (
        <div className="f12 t2">
          Before: <span className="m tnum">{before.value}</span> with {before.options}
        </div>
      )}
    </div>
  )
}

interface DefinitionProps {
  readonly answer: AnalysisAnswer
  readonly listing: AnalysisListing
  readonly selected: SelectedNumber | null
}

function Definition({ answer, listing, selected }: DefinitionProps) {
  const format = useFormatter()
  const parts = definitionParts(answer.definition)
  const caveats = parts.find(({ heading }) => heading === 'Caveats')
  const lines: [string, string][] = [
    ...(selected?.means == null ? [] : [['Means', selected.means] as [string, string]]),
    ...(selected?.figures == null ? [] : [['Figures', selected.figures] as [string, string]]),
    ['Options', optionsInForce(answer, listing).join(', ') || 'none'],
    ...(answer.period === null ? [] : [['Period', periodText(answer.period, format)] as [string, string]]),
    ['Left out', leftOutText(answer, format)],
  ]
  return (
    <>
      <dl className="def">
        {lines.map(([name, text]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {caveats !== undefined && (
        <div className="note">
          <Icon of={IconAlertTriangle} size={14} />
          <span>{caveats.paragraphs.join(' ')}</span>
        </div>
      )}
      <div className="card-def f12 t3">About this question: {answer.title}</div>
      <dl className="def">
        {parts
          .filter(({ heading }) => !['Caveats', 'Options', 'Question'].includes(heading))
          .map(({ heading, paragraphs }) => (
            <div key={heading} style={{ display: 'contents' }}>
              <dt>{heading}</dt>
              <dd>{paragraphs.join(' ')}</dd>
            </div>
          ))}
        <dt>Computed</dt>
        <dd>
          {answer.computed.engine}, Casebook {answer.computed.app}
        </dd>
      </dl>
    </>
  )
}

function SqlList({ statements }: { readonly statements: readonly string[] }) {
  if (statements.length === 0) return <p className="f12 t3">This answer is computed without a question to the data.</p>
  return statements.map((statement, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the order in which statements ran is their identity
    <div key={index} className="col" style={{ gap: 6 }}>
      <div className="row f12">
        <span className="m">
          {statements.length === 1 ? 'SQL that reproduces it' : `Statement ${index + 1} of ${statements.length}`}
        </span>
        <span className="end" />
        <CopyButton label="Copy" icon={IconCopy} text={() => statement} />
      </div>
      <SqlText sql={statement} />
    </div>
  ))
}

type NextStepProps = Pick<SidePanelProps, 'listing' | 'siblings' | 'onOpen'>

function NextStep({ listing, siblings, onOpen }: NextStepProps) {
  const at = siblings.findIndex(({ id }) => id === listing.id)
  const next = [...siblings.slice(at + 1), ...siblings.slice(0, at)].find(({ available }) => available)
  if (next === undefined) return null
  return (
    <div className="nextstep">
      <div className="f12 t3">Next useful question</div>
      <button type="button" className="link f12 row" onClick={() => onOpen(next.id)}>
        {next.question}
        <Icon of={IconArrowRight} size={14} />
      </button>
    </div>
  )
}

function leftOutText({ result }: AnalysisAnswer, format: Formatter): string {
  const left = result.leftOut.filter(({ rows }) => rows > 0)
  return left.length === 0 ? 'Nothing' : left.map(({ reason, rows }) => `${format.count(rows)} ${reason}`).join('; ')
}
