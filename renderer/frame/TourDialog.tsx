import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { showDialog, useNavigation } from '../state/navigationStore'

const steps: readonly { readonly title: string; readonly text: string }[] = [
  {
    title: 'Open what the shop sent you',
    text: 'Orders, visits, spend, customers: drop the files anywhere in the window. Casebook recognises what each table is and shows how sure it is. The files themselves are never changed.',
  },
  {
    title: 'Answer the choices that change numbers',
    text: 'Where the files allow two readings, a card shows what each would do to the total. Nothing ambiguous is decided silently, and every choice can be taken back.',
  },
  {
    title: 'Check that it adds up',
    text: 'The ledger follows every row from the file to the figures and says what was left out and why. Open it row by row whenever a number is doubted.',
  },
  {
    title: 'Ask questions in plain words',
    text: 'Explore lists the questions your data can answer. Each answer starts with a sentence. Click any number to see what it means, its formula and the SQL that reproduces it.',
  },
  {
    title: 'Turn a finding into a business case',
    text: 'An initiative moves one lever. Low, base and high, costs and payback update as you change an assumption, and the case leaves as a workbook with live formulas.',
  },
]

export function TourDialog() {
  const isOpen = useNavigation((state) => state.dialog === 'tour')
  return (
    <Modal opened={isOpen} onClose={() => showDialog(null)} title="Casebook in five steps" size={480}>
      <Tour />
    </Modal>
  )
}

function Tour() {
  const [at, setAt] = useState(0)
  const step = steps[at]
  const isLast = at === steps.length - 1
  if (step === undefined) return null
  return (
    <div className="col" style={{ gap: 12 }}>
      <div className="f12 t3" aria-live="polite">
        {at + 1} of {steps.length}
      </div>
      <h2 style={{ fontSize: 18, lineHeight: '26px', fontWeight: 600, letterSpacing: '-.012em' }}>{step.title}</h2>
      <p className="t2" style={{ minHeight: 80 }}>
        {step.text}
      </p>
      <div className="row">
        <Button variant="subtle" onClick={() => showDialog(null)}>
          Skip the tour
        </Button>
        <span className="end" />
        <Button disabled={at === 0} onClick={() => setAt(at - 1)}>
          Back
        </Button>
        <Button variant="filled" data-autofocus onClick={() => (isLast ? showDialog(null) : setAt(at + 1))}>
          {isLast ? 'Start' : 'Next'}
        </Button>
      </div>
    </div>
  )
}
