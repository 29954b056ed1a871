import { Modal } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { engine } from '../engine'
import { showDialog, useNavigation } from '../state/navigationStore'
import { CopyButton } from '../ui/CopyButton'
import { Logo } from '../ui/Logo'

export function AboutDialog() {
  const isOpen = useNavigation((state) => state.dialog === 'about')
  return (
    <Modal opened={isOpen} onClose={() => showDialog(null)} title="About Casebook" size={420}>
      <Versions />
    </Modal>
  )
}

function Versions() {
  const shell = useQuery({ queryKey: ['versions'], queryFn: () => window.casebook.versions() }).data
  const inner = useQuery({ queryKey: ['engineVersions'], queryFn: () => engine.ping(null) }).data
  const lines: readonly (readonly [string, string])[] = [
    ['Casebook', shell?.app ?? '…'],
    ['DuckDB', inner?.duckdb ?? '…'],
    ['Electron', shell === undefined ? '…' : `${shell.electron}${shell.standIn ? ' (stand-in)' : ''}`],
    ['Chromium', shell?.chrome ?? '…'],
    ['Node', shell?.node ?? '…'],
  ]
  return (
    <div className="col" style={{ gap: 12 }}>
      <Logo />
      <p className="t2">
        From customer files to a decision. Casebook works on this computer only: it opens no network connection, and
        never writes to your files.
      </p>
      <dl className="def" style={{ gridTemplateColumns: '88px 1fr' }}>
        {lines.map(([name, version]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{version}</dd>
          </div>
        ))}
      </dl>
      <div>
        <CopyButton
          label="Copy versions"
          icon={IconCopy}
          text={() => lines.map(([name, version]) => `${name} ${version}`).join('\n')}
        />
      </div>
    </div>
  )
}
