import { nameBytes } from './xmlScanner'

/** Tags and attributes of a sheet that are read. */
export const sheetNames = {
  sheetData: nameBytes('sheetData'),
  row: nameBytes('row'),
  c: nameBytes('c'),
  v: nameBytes('v'),
  is: nameBytes('is'),
  t: nameBytes('t'),
  rPh: nameBytes('rPh'),
  mergeCell: nameBytes('mergeCell'),
  r: nameBytes('r'),
  ref: nameBytes('ref'),
  hidden: nameBytes('hidden'),
  col: nameBytes('col'),
  min: nameBytes('min'),
  max: nameBytes('max'),
  f: nameBytes('f'),
  si: nameBytes('si'),
}
