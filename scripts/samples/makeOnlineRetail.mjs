// node scripts/samples/makeOnlineRetail.mjs INPUT.csv.gz [FOLDER]
// Takes about a fifth of UCI's "Online Retail": every line of a chosen customer, and every line without customer of
// a chosen invoice. The lines themselves are copied byte for byte, in their order.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { isMain } from '../isMain.mjs'
import { gzip } from './gzip.mjs'

const seed = 'casebook-1'
const share = 0.2
const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'

/** Writes `online_retail.csv.gz` into the folder and says what it holds. Run over its own output it changes nothing. */
export function makeOnlineRetail(input, folder) {
  const lines = gunzipSync(readFileSync(input)).toString('utf8').split('\n')
  if (lines[0] !== header) throw new Error(`${input} does not begin with the columns ${header}.`)
  const kept = lines.slice(1).filter((line) => line !== '' && isChosen(line))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'online_retail.csv.gz'), gzip(`${[header, ...kept].join('\n')}\n`))
  return { lines: kept.length }
}

function isChosen(line) {
  const [invoice, customer] = ownersOf(line)
  return drawOf(customer === '' ? `invoice ${invoice}` : `customer ${customer}`) < share
}

// Only descriptions are quoted and no field holds a line break, so the outer columns can be read by commas.
function ownersOf(line) {
  const fields = line.split(',')
  return [fields[0], fields[fields.length - 2]]
}

/** A number in 0–1 that depends on the name alone, not on the order of the lines. */
function drawOf(name) {
  return createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE(0) / 2 ** 32
}

if (isMain(import.meta.url)) {
  const [input, folder = fileURLToPath(new URL('../../assets/samples/online-retail', import.meta.url))] =
    process.argv.slice(2)
  if (input === undefined) throw new Error('Usage: node scripts/samples/makeOnlineRetail.mjs INPUT.csv.gz [FOLDER]')
  const { lines } = makeOnlineRetail(input, folder)
  console.log(`${lines.toLocaleString('en')} lines in ${folder}`)
}
