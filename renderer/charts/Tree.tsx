import type { Formatter } from '../../shared/format'
import type { TreeChart, TreeNode } from '../../shared/report'
import { useFormatter } from '../ui/useFormatter'
import type { ChartNumber } from './chartSelection'

interface TreeProps {
  readonly chart: TreeChart
  readonly name: string
  readonly selected: string | null
  readonly onSelect: (number: ChartNumber) => void
}

/** A figure and the factors it is made of, with the part each plays in a change. */
export function Tree({ chart, name, selected, onSelect }: TreeProps) {
  return (
    <section className="tree tnum" aria-label={name}>
      <Branch node={chart.root} root={chart.root} path="root" selected={selected} onSelect={onSelect} />
    </section>
  )
}

interface BranchProps {
  readonly node: TreeNode
  readonly root: TreeNode
  readonly path: string
  readonly selected: string | null
  readonly onSelect: (number: ChartNumber) => void
}

function Branch({ node, root, path, selected, onSelect }: BranchProps) {
  const format = useFormatter()
  const children = node.children ?? []
  const value = format.value(node.value, node.format)
  const lines = linesOf(node, root, format)
  return (
    <div className="branch">
      <button
        type="button"
        className={`treenode${selected === path ? ' on' : ''}${path === 'root' ? ' root' : ''}`}
        aria-pressed={selected === path}
        onClick={() => onSelect({ key: path, value, what: node.label, means: null, figures: lines.join('; ') || null })}
      >
        <span className="f12 t3">{node.label}</span>
        <span className="treevalue">{value}</span>
        {lines.map((line) => (
          <span key={line} className="f11 t2">
            {line}
          </span>
        ))}
      </button>
      {children.length > 0 && (
        <ul className="branches">
          {children.map((child, index) => (
            <li key={child.label} className="twig">
              {index > 0 && <span className="operator">{node.operator ?? child.operator ?? '×'}</span>}
              <Branch node={child} root={root} path={`${path}.${index}`} selected={selected} onSelect={onSelect} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** "before 54,272, +34.1%" and "explains −30,268 of −47,711". */
function linesOf(node: TreeNode, root: TreeNode, format: Formatter): string[] {
  const lines: string[] = []
  if (node.before !== undefined && node.before !== null && node.value !== null) {
    const change =
      node.before === 0 ? '' : `, ${signed(node.value / node.before - 1, (share) => format.percent(share))}`
    lines.push(`before ${format.value(node.before, node.format)}${change}`)
  }
  if (node.contribution !== undefined && node !== root) {
    lines.push(`explains ${signed(node.contribution, (amount) => format.value(amount, root.format))}`)
  }
  return lines
}

const signed = (value: number, print: (value: number) => string): string => `${value > 0 ? '+' : ''}${print(value)}`
