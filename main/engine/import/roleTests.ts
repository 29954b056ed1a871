import type { TableKind } from '../../../shared/roles'
import {
  both,
  type ColumnTest,
  either,
  eventWords,
  isCode,
  isCouponState,
  isDate,
  isFilled,
  isGender,
  isGroup,
  isKey,
  isMonth,
  isNearlyUnique,
  isNumber,
  isPhrase,
  isText,
  isUnique,
  named,
  notNamed,
  person,
  repeats,
  valuesAre,
} from './columnTests'
import { contactRoles } from './contactReading'

const saleNouns =
  'transaction|transaccion|trans|txn|tx|order|orden|invoice|pedido|factura|receipt|recibo|ticket|purchase|sale|venta|compra|operacion|albaran|boleta|remito|folio|documento|document|bill|basket|cart|checkout|bestellung|rechnung|auftrag|beleg|commande|facture'
const keyNouns = 'id|no|nr|nro|num|nummer|number|code|key|ref|reference|numero|cod|codigo|clave|cve|referencia|folio'
const productNouns =
  'product|item|producto|articulo|article|artikel|art|goods|merchandise|part|material|model|modelo|style|variant|produit|produkt'
const categoryWords =
  /\b(category|categoria|categories|categorie|kategorie|warengruppe|department|departamento|dept|family|familia|cat|group|grupo|section|seccion|collection|coleccion|product (type|line|class)|tipo de producto|linea de producto|rubro|segment)\b/
const sumWords =
  /\bgesamt|\b(summe|total|totals|subtotal|revenue|sales|turnover|importe|ingresos?|spent|paid|ventas?|monto|umsatz|net|gross|gmv)\b/
const sourceWords =
  /\b(source|channel|canal|fuente|campaign|campana|medium|medio|origen|platform|plataforma|referrer|network|publisher|utm source|procedencia)\b/
const costWords =
  /\b(spend|spends|spent|spending|costs?|gastos?|gastad[oa]s?|invertid[oa]s?|inversion|inversiones|invested|investment|budget|presupuesto|ads?|advertising|expenses?|costes?|costos?|expenditure|outlay|publicidad|media)\b/

/** What is said of a person and is not the person's number. */
const aboutPersons =
  /\b(name|nombre|apellidos?|type|tipo|segment|segmento|since|desde|age|edad|city|ciudad|country|pais|gender|genero|sexo|months|meses|antiguedad|tenure|email|mail|correo)\b/

const genderTests: readonly ColumnTest[] = [both(named(/\b(gender|sex|sexo|genero)\b/), isText), both(isText, isGender)]

/** Name, type and values of a column that plays a role, most telling test first. */
export const roleTests: Readonly<Partial<Record<TableKind, Readonly<Record<string, readonly ColumnTest[]>>>>> = {
  orders: {
    customer: [
      both(
        named(person),
        named(new RegExp(`\\b(${keyNouns})\\b|^uid$|(client|customer|user)id`)),
        isKey,
        notNamed(aboutPersons),
      ),
      both(named(person), isKey, notNamed(aboutPersons)),
    ],
    order: [
      both(named(new RegExp(`\\b(${saleNouns})\\b.*\\b(${keyNouns})\\b`)), isKey),
      both(named(new RegExp(`\\b(${keyNouns})\\b.*\\b(${saleNouns})\\b`)), isKey),
      both(
        named(
          new RegExp(`^(${saleNouns}|invoiceno|orderid|orderno|(bestell|rechnungs|auftrags|beleg)(nr|nummer|id))$`),
        ),
        isKey,
      ),
    ],
    orderedAt: [
      both(
        isDate,
        named(
          /\b(order|ordered|invoice|transaction|purchase|sale|buy|bought|pedido|compra|venta|factura|commande|achat|facture|(bestell|rechnungs|kauf|auftrags)datum)\b/,
        ),
      ),
      both(isDate, named(/\b(date|fecha|time|ts|day|dia|dt|when|datetime|timestamp|datum)\b/)),
      isDate,
    ],
    product: [
      both(named(/\b(sku|stock ?code|asin|ean|upc|gtin|isbn)\b/), isKey),
      both(
        named(
          new RegExp(
            `\\b(${productNouns})\\b.*\\b(${keyNouns})\\b|\\b(${keyNouns})\\b.*\\b(${productNouns})\\b|\\b(artikel|produkt)(nr|nummer|id)\\b`,
          ),
        ),
        isKey,
      ),
      both(named(/^(articulo|article|artikel|articulos)$/), isKey, isCode),
      both(named(/^(ref|referencia|reference|codigo|cod|clave|modelo)$/), isKey, isCode),
    ],
    description: [
      both(
        named(
          /\b(description|descripcion|desc|product name|item name|nombre (del )?producto|title|titulo|concepto|denominacion|nombre (del? )?articulo|bezeichnung|designation|libelle)\b/,
        ),
        isText,
      ),
      both(
        named(new RegExp(`\\b(name|nombre|label|detail|details|detalle|${productNouns})\\b`)),
        isText,
        notNamed(person),
        (column) => !(/^(articulo|articulos|article|artikel)$/.test(column.words) && isCode(column)),
      ),
    ],
    category: [both(named(categoryWords), isText), both(named(/^(linea|gama|tipo)$/), isText)],
    quantity: [
      both(
        named(
          /\b(quantity|quantities|qty|qtty|cantidad|cantidades|cant|cdad|ctd|units?|unidad|unidades|pieces|piezas|pcs|uds?|unds?|menge|anzahl|quantite|qte|number of|no of|num of|count|volume)\b/,
        ),
        isNumber,
        notNamed(/\b(price|precio|cost|value|valor)\b/),
      ),
    ],
    unitPrice: [
      either(
        both(
          named(/\b(unit|avg|average|list|item|each|per|precio|medio|unitario)\b/),
          named(/\b(price|precio|cost|value|valor|rate|amount|importe)\b/),
          isNumber,
          notNamed(sumWords),
        ),
        // What one piece sells for, although it speaks of sales.
        both(
          named(
            /\b(precio (de |al |por )?(venta|publico|neto|lista|ud|unidad)|(sale|sales|selling|net|retail) price|p unit(ario)?)\b/,
          ),
          isNumber,
          notNamed(/\b(total|totals|subtotal)\b/),
        ),
      ),
      both(named(/\b(price|precio|pvp|tarifa|prix|\w*preis|unitprice)\b/), isNumber, notNamed(sumWords)),
    ],
    revenue: [
      both(
        named(sumWords),
        isNumber,
        notNamed(/\b(tax|vat|iva|discount|descuento|delivery|shipping|envio|units|items|quantity)\b/),
      ),
      both(
        named(/\b(amount|value|valor|price|precio|montant|betrag)\b/),
        isNumber,
        notNamed(/\b(tax|vat|iva|discount|descuento|delivery|shipping|envio)\b/),
      ),
    ],
    delivery: [
      both(
        named(/\b(delivery|shipping|shipment|freight|envios?|portes|postage|transporte|carriage|handling|versand)\b/),
        isNumber,
      ),
      both(named(/\bentrega\b/), isNumber, notNamed(/\b(dias|days|plazo|tiempo|horas)\b/)),
    ],
    couponState: [
      both(isText, isCouponState),
      both(named(/\b(coupon|cupon|promo|promotion|voucher|discount)\b/), isText, (column) => column.distinct <= 10),
    ],
    place: [
      both(named(/\b(country|pais|pays|land)\b/), isText),
      both(
        named(
          /\b(region|city|ciudad|state|estado|location|ubicacion|place|store|tienda|sucursal|shop|zone|zona|provincia|poblacion|localidad|municipio|comuna|market)\b/,
        ),
        isText,
        notNamed(
          /\b(order|pedido|orden|compra|venta|envio|entrega|pago|payment|shipping|delivery|coupon|cupon|status)\b/,
        ),
      ),
    ],
  },
  customers: {
    customer: [
      both(named(person), isKey, isNearlyUnique, notNamed(aboutPersons)),
      both(named(new RegExp(`\\b(${keyNouns})\\b`)), isKey, isNearlyUnique, notNamed(aboutPersons)),
      both(named(person), isKey),
    ],
    gender: genderTests,
    location: [
      both(
        named(
          /\b(location|ubicacion|city|ciudad|country|pais|region|state|estado|localidad|poblacion|municipio|comuna|departamento|place|lugar|provincia|town|area|address|zip|residence|based in|where|market)\b/,
        ),
        isText,
      ),
    ],
    tenureMonths: [
      both(
        named(/\b(tenure|antiguedad|months|meses|seniority|loyalty|membership|customer for|permanencia)\b/),
        isNumber,
      ),
    ],
  },
  contacts: contactRoles,
  coupons: {
    month: [both(named(/\b(month|mes|monat|mois|period|periodo)\b/), isMonth), isMonth],
    category: [
      both(named(categoryWords), isText),
      both(isText, isGroup, repeats),
      both(isText, repeats, notNamed(/\b(code|codigo|coupon|cupon|voucher)\b/)),
    ],
    couponCode: [
      both(named(/\b(coupon|cupon|promo|promotion|promocion|promocional|voucher|vale|bono|code|codigo)\b/), isText),
    ],
    discountRate: [
      both(
        named(/\b(discount|descuento|dto|pct|percent|percentage|porcentaje|rebate|rebaja|off|reduction|saving)\b/),
        isNumber,
      ),
      both(isNumber, notNamed(/\b(month|mes)\b/)),
    ],
  },
  tax: {
    category: [both(named(categoryWords), isText), both(isText, isUnique)],
    taxRate: [both(named(/\b(gst|vat|tax|taxes|iva|igv|impuestos?|mwst|tva|levy|duty)\b/), isNumber)],
  },
  spend: {
    date: [both(isDate, named(/\b(date|fecha|day|dia|dt|datum)\b/)), isDate],
    source: [both(named(sourceWords), (column) => !isDate(column) && column.distinct <= 1000), both(isText, isGroup)],
    cost: [both(named(costWords), isNumber), both(isNumber, (column) => column.type !== 'flag')],
  },
  visits: {
    customer: [both(named(person), isKey)],
    startedAt: [
      both(
        isDate,
        named(/\b(start|started|begin|began|inicio|comienzo|entrada|llegada|desde|from|first|entry|login|arrived)\b/),
      ),
      both(isDate, named(/\b(visit|session|sesion|visita)\b/)),
    ],
    endedAt: [
      both(
        isDate,
        named(/\b(end|ended|finish|fin|final|salida|termino|cierre|hasta|to|last|until|exit|logout|left|stop)\b/),
      ),
    ],
    source: [named(sourceWords)],
    device: [both(named(/\b(device|dispositivo|platform|plataforma)\b/), isText)],
  },
  events: {
    customer: [both(named(person), isKey, notNamed(/session|sesion/))],
    happenedAt: [both(isDate, named(/\b(time|timestamp|date|datetime|ts|fecha|hora|when|at)\b/)), isDate],
    eventType: [
      both(
        isText,
        (column) => column.distinct <= 60 && valuesAre(column, eventWords, 0.5),
        notNamed(/\b(page|url|device)\b/),
      ),
      both(named(/\b(event|action|evento|accion|activity|actividad)\b/), isText, (column) => column.distinct <= 200),
    ],
    session: [both(named(/\b(session|sesion|visit id|visita)\b/), isKey)],
    product: [
      both(
        named(new RegExp(`\\b(sku|asin|${productNouns})\\b`)),
        isKey,
        notNamed(/\b(name|nombre|category|categoria|type)\b/),
      ),
    ],
    category: [
      both(named(/\bcategory code\b/), isText),
      both(named(/^(category|categoria)( name)?$/), isText),
      both(named(/\b(category|categoria)\b/), isKey),
    ],
    brand: [both(named(/\b(brand|marca)\b/), isText)],
    price: [
      both(named(/^(price|precio|unit price|item price)$/), isNumber),
      both(named(/\b(price|precio|amount|value|rate)\b/), isNumber, notNamed(/\btotal\b/)),
    ],
  },
  people: {
    customer: [
      both(named(person), isKey, isNearlyUnique),
      both(named(new RegExp(`\\b(${keyNouns})\\b`)), isKey, isNearlyUnique),
    ],
    target: [
      both(
        named(
          /^(has |is |did |ha |es )?(ordered|order|purchased?|bought|buys?|buyer|converted|conversion|target|label|churn|churned|compra|compro|comprado|comprador|compradora|convierte|convertido|pedido|objetivo|y|outcome|response|responded|respuesta|subscribed|suscrito)( flag)?$/,
        ),
        isNumber,
      ),
    ],
    treatment: [
      both(
        named(
          /\b(treatment|treated|tratamiento|tratado|control group|test group|variant|variante|experiment|holdout|arm)\b/,
        ),
        (column) => column.distinct <= 10,
      ),
    ],
  },
  leads: {
    customer: [both(named(new RegExp(`\\b(${keyNouns})\\b|\\blead|\\bprospect|\\bcontact`)), isKey, isNearlyUnique)],
    target: [
      both(
        named(
          /^(has |is |did |ha |es )?(compra|compro|comprado|converted|conversion|convertido|ganado|matriculado|won|outcome|target|purchased?|bought|customer|client|cliente|closed|sold|y|success|venta)( flag)?$/,
        ),
        (column) => column.distinct === 2,
      ),
    ],
  },
  steps: {
    // Persons who stand there twice by mistake do not make it another table.
    customer: [both(named(person), isKey, isNearlyUnique)],
    date: [isDate],
    step: [both(isText, (column) => column.distinct === 1)],
  },
}

/** What a column of prices is called, in English, Spanish, French or German; a cost beside a quantity is one at most. */
const priceWords = /price|precio|prix|preis|\b(unit|unitaire|unitario|rate|tarif|tarifa|costs?|coste)\b/
const otherAmounts =
  /\b(tax|taxes|vat|iva|gst|tva|mwst|discount|descuento|remise|rabatt|delivery|shipping|freight|envio|versand|weight|peso|poids|gewicht)\b/
export const isPrice: ColumnTest = both(named(priceWords), notNamed(sumWords), notNamed(otherAmounts))
export const isCost: ColumnTest = both(
  named(costWords),
  notNamed(/price|precio|prix|preis|\b(unit|unitaire|unitario)\b/),
)

const isLargeNumber: ColumnTest = both(
  ({ type, range }) => type === 'integer' && (range?.[0] ?? 0) >= 1000,
  notNamed(priceWords),
  notNamed(sumWords),
)
const isNumbered: ColumnTest = both((column) => column.type === 'id' || isLargeNumber(column), repeats, isFilled)

/** What the values of a column suggest, for roles that the headers leave open. */
export const orderValueTests: Readonly<Record<string, ColumnTest>> = {
  orderedAt: isDate,
  couponState: both(isText, isCouponState),
  product: both(isText, isCode),
  description: both(isText, isPhrase),
  category: both(isText, isGroup),
  customer: isNumbered,
  order: isNumbered,
  quantity: both(
    ({ type, range }) => type === 'integer' && Math.abs(range?.[0] ?? 1000) < 1000,
    isFilled,
    notNamed(priceWords),
    notNamed(sumWords),
  ),
  unitPrice: both(
    (column) => column.type === 'decimal' || (column.type === 'integer' && isPrice(column)),
    isFilled,
    notNamed(sumWords),
    notNamed(otherAmounts),
  ),
}
