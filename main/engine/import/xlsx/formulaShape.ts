const reference = /(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(.])/gi

/**
 * A formula with its references as distances from its own cell, so that the same calculation in another row or column
 * is the same text: `C10*2` in C11 and `D10*2` in D11 are both `[-1,0]*2`. Texts in quotes stay as they are.
 */
export function formulaShape(written: string, row: number, column: number): string {
  return written
    .split('"')
    .map((piece, index) => (index % 2 === 0 ? relative(piece, row, column) : piece))
    .join('"')
}

function relative(piece: string, row: number, column: number): string {
  const bare = piece.replace(/^\s*\+|\s/g, '')
  return bare.replace(reference, (_, fixedColumn: string, letters: string, fixedRow: string, digits: string) => {
    const across = fixedColumn === '' ? `${columnNumber(letters) - column}` : `$${letters}`
    const down = fixedRow === '' ? `${Number(digits) - 1 - row}` : `$${digits}`
    return `[${down},${across}]`
  })
}

const columnNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1
