const words =
  '((sub-?|grand |overall )?totals?|(sub)?totale?s?|suma|sums?|(zwischen|gesamt)?summe|gesamt|gesamtergebnis|insgesamt|sous-total|somme|totaal|average|avg|promedio|durchschnitt|moyenne)'
const months = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|mai|okt|dez|q[1-4])[a-zéä]*\\.?'
const period = `(${months}( ?[0-9]{2,4})?|[0-9][-0-9/. ]*)`

/** "Total", "Grand total", "Subtotal 2019-01", "Total general", "January Total", "Summe", "Promedio". */
const plainTotal = `${words}( general[e]?)?( ${period})?:?|${period} (sub)?total:?`
/** "Total Apparel" and "East Total" as well: a product may be called so. */
const anyTotal = `${words}([ :].*)?|.* (sub)?total:?`

/** Whether a cell is a word for a sum; tested where it can be one, as a full test of every cell would cost more. */
function saying(cell: string, pattern: string): string {
  return `CASE WHEN length(${cell}) BETWEEN 3 AND 40 AND (${cell} < '0' OR ${cell} >= ':' OR ends_with(lower(${cell}), 'total')) AND regexp_matches(${cell}, '(?i)tota|sum|gesamt|somme|av|prom|durch|moy') THEN regexp_full_match(lower(trim(${cell})), '${pattern}') ELSE false END`
}

/** A word for a sum and nothing else but a period. */
export const saysTotal = (cell: string): string => saying(cell, plainTotal)

/** A word for a sum with something else beside it. */
export const mentionsTotal = (cell: string): string => saying(cell, anyTotal)
