import type { Page } from '../../shared/tableAnswers'

/** A page of rows as they are. */
export function PageTable({ page }: { readonly page: Pick<Page, 'columns' | 'rows'> }) {
  return (
    <div className="scrolltable">
      <table className="plaintable">
        <thead className="sticky">
          <tr>
            {page.columns.map(({ name, type }) => (
              <th key={name} className={isNumeric(type) ? 'r' : ''}>
                {name === 'source_row' ? 'Row' : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a page have no key of their own
            <tr key={index}>
              {row.map((value, at) => (
                <td key={page.columns[at]?.name ?? at} className={isNumeric(page.columns[at]?.type ?? '') ? 'r' : ''}>
                  {value === null ? <span className="t3">–</span> : String(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export const isNumeric = (type: string): boolean => /^(integer|decimal|double|bigint|float|numeric|hugeint)/i.test(type)
