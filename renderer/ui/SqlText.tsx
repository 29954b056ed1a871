const keywords = new Set(
  'SELECT FROM WHERE GROUP BY ORDER WITH AS JOIN LEFT RIGHT INNER CROSS FULL ON USING AND OR NOT NULL IS IN CASE WHEN THEN ELSE END UNION ALL DISTINCT HAVING LIMIT OFFSET OVER PARTITION ROWS BETWEEN LIKE CAST FILTER EXISTS LATERAL VALUES ASC DESC WINDOW'.split(
    ' ',
  ),
)

/** SQL with its keywords and values set apart. */
export function SqlText({ sql }: { readonly sql: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by the keyboard
    <pre className="code" tabIndex={0}>
      {pieces(sql).map(({ text, kind, at }) =>
        kind === 'keyword' ? <b key={at}>{text}</b> : kind === 'value' ? <i key={at}>{text}</i> : text,
      )}
    </pre>
  )
}

interface Piece {
  readonly text: string
  readonly kind: 'keyword' | 'value' | 'plain'
  readonly at: number
}

function pieces(sql: string): Piece[] {
  return [...sql.matchAll(/'(?:[^']|'')*'|"[^"]*"|\w+|[^\w'"]+/g)].map((match) => {
    const [text] = match
    const kind = text.startsWith("'") ? 'value' : keywords.has(text) ? 'keyword' : 'plain'
    return { text, kind, at: match.index }
  })
}
