/** "CustomerID" and "customer_id" are "customer id"; accents go. */
export function wordsOf(name: string): string {
  return name
    .replaceAll('°', 'o')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const notIds =
  /\b(date|fecha|datum|time|hora|status|state|estado|price|precio|amount|importe|total|email|mail|name|nombre|count|spent|spend|revenue|value|valor|age|edad|type|tipo|since|tenure|score|rating|orders|visits|items|gender|city)\b|^(number|num|numero|no|nr|nro) (of|de) \w+s$/
const ids =
  /\b(u?id|ids|uuid|guid|sku|ean|gtin|upc|asin|isbn|dni|nif|nie|rut|cedula|cuit|curp)\b|\b(key|clave|cve|code|codigo|cod|no|nr|nro|num|number|numero|ref|referencia)$|^(order|invoice|transaction|pedido|factura|ticket|receipt|stock ?code|article|invoice ?no|boleta|albaran|folio)$|^(cod|codigo|clave|cve|num|numero|nro|no|ref|referencia) (del? |de la )?(cliente|usuario|socio|visitante|comprador|contacto|lead|pedido|orden|compra|venta|operacion|transaccion|factura|ticket|albaran|producto|articulo|art|sesion|visita|tienda)$/
/** A column that is only called after a person holds the person's id. */
const persons =
  /^(the |el |la )?(customers?|clients?|clientes?|users?|usuarios?|visitors?|visitantes?|members?|miembros?|buyers?|compradores?|comprador|shoppers?|consumers?|consumidor|person|persona|lead|prospect|subscribers?|socio|prospecto|contacto|kunde|account|cuenta)$/

/** A header that names an identifier: its values are text even when they look like numbers. */
export function isIdName(name: string): boolean {
  const words = wordsOf(name)
  return !notIds.test(words) && (ids.test(words) || persons.test(words))
}

/** A header that speaks of telephones. */
export function isPhoneName(name: string): boolean {
  return /\b(phones?|tel|telefonos?|telephones?|telefon|mobiles?|movil|moviles|cells?|celular(es)?|handy|whatsapp|fax)\b/.test(
    wordsOf(name),
  )
}

/** A header that speaks of postcodes. */
export function isPostcodeName(name: string): boolean {
  return /\b(zip|zip ?code|post ?code|postal|postal code|codigo postal|cp|plz|postleitzahl|code postal)\b/.test(
    wordsOf(name),
  )
}

/** A header that speaks of a point in time. */
export function isTimeName(name: string): boolean {
  return /\b(date|dates|fecha|datum|day|dia|dt|time|timestamp|ts|datetime|when|at|hora|created|updated|fec|fch|tiempo|momento)\b/.test(
    wordsOf(name),
  )
}

/** A header that speaks of money or quantity. */
export function isAmountName(name: string): boolean {
  return /\b(price|amount|revenue|sales|cost|costs|spend|spent|quantity|qty|units|total|subtotal|value|fee|fees|charge|charges|shipping|delivery|discount|tax|vat|budget|income|profit|margin|precio|importe|ingresos?|ventas?|coste|costo|gasto|cantidad|unidades|valor|envio|descuento|impuesto|iva|preis|betrag|umsatz|menge|kosten|prix|montant|quantite)\b/.test(
    wordsOf(name),
  )
}

/** Trimmed names, empty ones numbered, repeated ones told apart; never the name of our own row number. */
export function uniqueNames(headers: readonly string[]): string[] {
  const taken = new Set(['source_row'])
  const bases = headers.map(
    (header, index) => header.replaceAll('\0', '').replace(/\s+/g, ' ').trim() || `column ${index + 1}`,
  )
  // Names that stand in the file go before names made up for repeated ones.
  const written = new Set(bases.map((base) => base.toLowerCase()))
  // Thousands of columns may have the same name: each goes on counting where the one before it stopped.
  const reached = new Map<string, number>()
  return bases.map((base) => {
    const key = base.toLowerCase()
    let name = base
    let number = reached.get(key) ?? 2
    for (; taken.has(name.toLowerCase()) || (name !== base && written.has(name.toLowerCase())); number += 1)
      name = `${base} ${number}`
    reached.set(key, number)
    taken.add(name.toLowerCase())
    return name
  })
}
