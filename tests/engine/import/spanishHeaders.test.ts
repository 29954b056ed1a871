import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TableKind } from '../../../shared/roles'
import { type ImportFolder, importFolder } from './importFolder'

let files: ImportFolder
beforeAll(async () => {
  files = await importFolder()
})
afterAll(() => files.remove())

const two = (number: number): string => String(number).padStart(2, '0')
const oneOf =
  (...words: readonly string[]) =>
  (n: number): string =>
    words[n % words.length] ?? ''

/** What stands in a column, by what it is; with a minus before it plays no role. */
const values: Readonly<Record<string, (n: number) => string>> = {
  customer: (n) => String(10_001 + ((n * 7) % 13)),
  person: (n) => String(20_001 + n * 3),
  order: (n) => String(500_100 + Math.floor(n / 2)),
  date: (n) => `${two(1 + (n % 28))}/${two(1 + (n % 12))}/2023`,
  day: (n) => `2023-${two(1 + Math.floor(n / 28))}-${two(1 + (n % 28))}`,
  time: (n) => `2023-03-${two(1 + (n % 28))} ${two(n % 24)}:15:00`,
  end: (n) => `2023-03-${two(1 + (n % 28))} ${two(n % 24)}:45:00`,
  sku: (n) => `SKU-${100 + (n % 25)}`,
  text: (n) => `Camiseta de algodón número ${n % 25}`,
  category: oneOf('Ropa', 'Hogar', 'Juguetes'),
  quantity: (n) => String(1 + (n % 4)),
  price: (n) => `${3 + (n % 40)},${two((n * 7) % 100)}`,
  amount: (n) => `${30 + (n % 400)},${two((n * 3) % 100)}`,
  delivery: oneOf('3,95', '0,00', '5,95'),
  coupon: oneOf('Usado', 'No usado'),
  place: oneOf('Madrid', 'Sevilla', 'Valencia', 'Bilbao'),
  month: oneOf('Ene', 'Feb', 'Mar', 'Abr', 'May', 'Jun', 'Jul', 'Ago', 'Sep', 'Oct', 'Nov', 'Dic'),
  eachCategory: (n) => `Categoría ${String.fromCharCode(65 + (n % 26))}${n >= 26 ? n : ''}`,
  threeCategories: (n) => ['Ropa', 'Hogar', 'Juguetes'][Math.floor(n / 12) % 3] ?? '',
  code: (n) => `PROMO${10 + (n % 3) * 10}`,
  rate: oneOf('10', '20', '30'),
  tax: oneOf('0,21', '0,10', '0,04'),
  gender: oneOf('Mujer', 'Hombre'),
  tenure: (n) => String(1 + (n % 60)),
  cost: (n) => `${120 + ((n * 37) % 300)},50`,
  source: oneOf('Google', 'Facebook', 'Correo', 'Directo'),
  device: oneOf('móvil', 'ordenador', 'tableta'),
  event: oneOf('view', 'cart', 'purchase', 'view'),
  session: (n) => `s-${7000 + Math.floor(n / 3)}`,
  brand: oneOf('Acme', 'Nova', ''),
  flag: (n) => String((n * 7919) % 3 === 0 ? 1 : 0),
  target: (n) => String((n * 104_729) % 5 === 0 ? 1 : 0),
  yesNo: (n) => ((n * 104_729) % 5 === 0 ? 'Sí' : 'No'),
  name: (n) => `Ana García ${n}`,
  mail: (n) => `ana${n}@example.com`,
  age: (n) => String(18 + (n % 50)),
  status: oneOf('Enviado', 'Entregado', 'Devuelto'),
  payment: oneOf('Tarjeta', 'PayPal'),
}

const roleOfValue: Readonly<Partial<Record<TableKind, Readonly<Record<string, string>>>>> = {
  orders: {
    date: 'orderedAt',
    day: 'orderedAt',
    time: 'orderedAt',
    sku: 'product',
    text: 'description',
    price: 'unitPrice',
    amount: 'revenue',
    coupon: 'couponState',
  },
  customers: { person: 'customer', place: 'location', tenure: 'tenureMonths' },
  coupons: { threeCategories: 'category', code: 'couponCode', rate: 'discountRate' },
  tax: { eachCategory: 'category', tax: 'taxRate' },
  spend: { day: 'date', date: 'date' },
  visits: { time: 'startedAt', end: 'endedAt' },
  events: { time: 'happenedAt', event: 'eventType', sku: 'product' },
  people: { person: 'customer' },
  leads: { person: 'customer', yesNo: 'target' },
}

const flags =
  'Clic en banner=-flag; Vio ofertas=-flag; Vio detalle=-flag; Móvil=-flag; Cliente recurrente=-flag; Añadió al carrito=-flag'

/** "Header=value; Header=-value": the columns of a file as people in Spain and Latin America write them. */
const tables: readonly (readonly [TableKind, string])[] = [
  // Order lines.
  [
    'orders',
    'ID Cliente=customer; Nº Pedido=order; Fecha Pedido=date; Código Artículo=sku; Descripción=text; Categoría=category; Cantidad=quantity; Precio Unitario=price; Gastos de Envío=delivery; Estado del Cupón=coupon',
  ],
  ['orders', 'Cliente=customer; Pedido=order; Fecha=date; Artículo=sku; Familia=category; Uds.=quantity; PVP=price'],
  [
    'orders',
    'cod_cliente=customer; num_factura=order; fecha_factura=day; cod_producto=sku; unidades=quantity; precio_ud=price',
  ],
  [
    'orders',
    'Código de cliente=customer; Número de factura=order; Fecha de emisión=date; Referencia=sku; Concepto=text; Cantidad=quantity; Precio=price; Importe=amount',
  ],
  [
    'orders',
    'Cód. Cliente=customer; Nº Factura=order; Fecha Factura=date; Ref.=sku; Denominación=text; Cant.=quantity; P. Unitario=price',
  ],
  [
    'orders',
    'id_usuario=customer; id_compra=order; fecha_compra=time; id_producto=sku; cantidad=quantity; precio=price',
  ],
  ['orders', 'Número de cliente=customer; Número de pedido=order; Fecha de compra=date; Importe total=amount'],
  ['orders', 'DNI=customer; Ticket=order; Fecha venta=date; Importe=amount; Tienda=place'],
  [
    'orders',
    'NIF cliente=customer; Nº ticket=order; Fecha y hora=time; EAN=sku; Producto=text; Sección=category; Unidades vendidas=quantity; Precio de venta=price',
  ],
  ['orders', 'Comprador=customer; Orden=order; Fecha de la orden=date; Total=amount; Ciudad=place'],
  [
    'orders',
    'ID de cliente=customer; ID de transacción=order; Fecha de transacción=date; SKU del producto=sku; Descripción del producto=text; Categoría de producto=category; Cantidad=quantity; Precio medio=price; Gastos de entrega=delivery; Estado del cupón=coupon',
  ],
  [
    'orders',
    'idCliente=customer; idVenta=order; fechaVenta=day; idArticulo=sku; nombreArticulo=text; cantidad=quantity; precioVenta=price',
  ],
  [
    'orders',
    'CLIENTE_ID=customer; PEDIDO_ID=order; FCH_PEDIDO=day; COD_ART=sku; DESC_ART=text; CANT=quantity; PRECIO_UNIT=price',
  ],
  ['orders', 'RUT=customer; Boleta=order; Fecha=date; Producto=text; Monto=amount'],
  [
    'orders',
    'Cédula=customer; Folio=order; Fecha=date; Clave producto=sku; Piezas=quantity; Precio de lista=price; Sucursal=place',
  ],
  ['orders', 'Socio=customer; Nº operación=order; Fecha operación=date; Importe neto=amount; Provincia=place'],
  [
    'orders',
    'Cliente=customer; Nombre del cliente=-name; Albarán=order; Fecha albarán=date; Referencia artículo=sku; Unidades=quantity; Precio neto=price',
  ],
  [
    'orders',
    'ID_CLIENTE=customer; FECHA=day; PRODUCTO=text; CATEGORIA=category; UNIDADES=quantity; VENTAS=amount; PAIS=place',
  ],
  ['orders', 'usuario=customer; compra=order; fecha=time; ingresos=amount'],
  [
    'orders',
    'id cliente=customer; id pedido=order; fecha de creación=time; forma de pago=-payment; estado del pedido=-status; total pedido=amount; coste de envío=delivery',
  ],
  [
    'orders',
    'Nº de Cliente=customer; Nº de Pedido=order; Fecha del Pedido=date; Modelo=text; Línea=category; Cdad.=quantity; Precio Unit.=price; Portes=delivery',
  ],
  [
    'orders',
    'Correo del comprador=-mail; Código comprador=customer; Código pedido=order; Fecha pago=date; Título=text; Cantidad=quantity; Precio=price; Costo de envío=delivery; Estado (provincia)=place',
  ],
  // Customers.
  ['customers', 'ID Cliente=person; Sexo=gender; Localidad=place; Antigüedad (meses)=tenure'],
  ['customers', 'Código de cliente=person; Nombre=-name; Género=gender; Provincia=place'],
  ['customers', 'cliente_id=person; genero=gender; ciudad=place; meses_antiguedad=tenure'],
  ['customers', 'Nº Cliente=person; Nombre y apellidos=-name; Población=place; Fecha de alta=-date'],
  ['customers', 'usuario=person; edad=-age; pais=place'],
  ['customers', 'Socio=person; Sexo=gender; Municipio=place; Antigüedad=tenure'],
  ['customers', 'RUT=person; Nombre=-name; Comuna=place; Sexo=gender'],
  ['customers', 'Cédula=person; Departamento=place; Género=gender; Meses como cliente=tenure'],
  ['customers', 'DNI=person; Domicilio=-name; Ciudad=place; Edad=-age'],
  // Coupons.
  ['coupons', 'Mes=month; Categoría de producto=threeCategories; Código de cupón=code; % Descuento=rate'],
  ['coupons', 'mes=month; categoria=threeCategories; cupon=code; descuento=rate'],
  ['coupons', 'Mes=month; Familia=threeCategories; Código promocional=code; Dto. %=rate'],
  ['coupons', 'Mes de vigencia=month; Departamento=threeCategories; Vale=code; Porcentaje de descuento=rate'],
  ['coupons', 'MES=month; RUBRO=threeCategories; CUPÓN=code; PCT_DESCUENTO=rate'],
  ['coupons', 'Periodo=month; Línea=threeCategories; Código descuento=code; Rebaja=rate'],
  // Spend.
  ['spend', 'Fecha=day; Gasto online=cost; Gasto offline=cost'],
  ['spend', 'fecha=day; fuente=source; coste=cost'],
  ['spend', 'Día=day; Canal=source; Inversión=cost'],
  ['spend', 'Fecha=date; Campaña=source; Importe gastado=cost; Clics=-quantity; Impresiones=-tenure'],
  ['spend', 'Fecha=day; Plataforma=source; Gasto publicitario (€)=cost'],
  ['spend', 'fecha=day; id_fuente=source; costos=cost'],
  ['spend', 'Fecha=day; Medio=source; Presupuesto ejecutado=cost'],
  ['spend', 'Fecha=day; Buscadores=cost; Redes sociales=cost; Correo electrónico=cost'],
  // Tax.
  ['tax', 'Categoría=eachCategory; IVA=tax'],
  ['tax', 'Categoría de producto=eachCategory; Tipo de IVA=tax'],
  ['tax', 'Familia=eachCategory; Impuesto=tax'],
  ['tax', 'rubro=eachCategory; igv=tax'],
  ['tax', 'Departamento=eachCategory; Tasa de impuesto=tax'],
  ['tax', 'Grupo=eachCategory; % IVA=tax'],
  // Events.
  [
    'events',
    'fecha_evento=time; tipo_evento=event; id_producto=sku; codigo_categoria=category; marca=brand; precio=price; id_usuario=customer; sesion_usuario=session',
  ],
  ['events', 'Hora=time; Evento=event; Usuario=customer; Sesión=session; Producto=sku; Precio=price'],
  ['events', 'Marca de tiempo=time; Acción=event; ID de visitante=customer; ID de sesión=session'],
  ['events', 'fecha y hora=time; actividad=event; cliente=customer; articulo=sku; marca=brand'],
  // Visits.
  ['visits', 'ID visitante=customer; Inicio=time; Fin=end; Fuente=source; Dispositivo=device'],
  ['visits', 'usuario=customer; inicio_sesion=time; fin_sesion=end; canal=source; dispositivo=device'],
  ['visits', 'Cliente=customer; Comienzo de la visita=time; Final de la visita=end; Origen=source'],
  ['visits', 'uid=customer; hora de entrada=time; hora de salida=end; medio=source; dispositivo=device'],
  // Leads.
  [
    'leads',
    'id_lead=person; origen=-source; pais=-place; ocupacion=-device; ult_actividad=-event; ambito=-category; compra=target',
  ],
  [
    'leads',
    'ID contacto=person; Origen=-source; Ciudad=-place; Sector=-category; Estado civil=-status; Dispositivo=-device; Convertido=yesNo',
  ],
  [
    'leads',
    'Nº prospecto=person; Fuente=-source; Provincia=-place; Cargo=-category; Interés=-device; Último contacto=-status; Cliente=yesNo',
  ],
  [
    'leads',
    'Código lead=person; Canal=-source; Región=-place; Programa=-category; Situación=-status; Medio de contacto=-payment; Venta=target',
  ],
  // People with yes/no columns.
  ['people', `ID Usuario=person; ${flags}; compró=target`],
  ['people', `Visitante=person; ${flags}; Comprador=target`],
  ['people', `id_cliente=person; ${flags}; conversión=target`],
  ['people', `Código de usuario=person; ${flags}; ha_comprado=target`],
  ['people', `cod_visitante=person; ${flags}`],
]

test.each(tables.map(([kind, columns]) => ({ kind, columns })))('$kind: $columns', async ({ kind, columns }) => {
  const cells = columns.split('; ').map((column) => {
    const at = column.lastIndexOf('=')
    const value = column.slice(at + 1)
    return { header: column.slice(0, at), value: value.replace('-', ''), counts: !value.startsWith('-') }
  })
  const count = kind === 'tax' ? 20 : kind === 'coupons' ? 36 : 60
  const rows = Array.from({ length: count }, (_, n) => cells.map(({ value }) => values[value]?.(n) ?? '').join(';'))
  const path = files.file('data.csv', `${cells.map(({ header }) => header).join(';')}\n${rows.join('\n')}\n`)
  const [table] = (await files.describe(path)).tables
  const wanted: Record<string, string | string[]> = {}
  for (const { header, value, counts } of cells) {
    if (!counts) continue
    const role = roleOfValue[kind]?.[value] ?? value
    if (role === 'cost') wanted[role] = [...(wanted[role] ?? []), header]
    else wanted[role] = header
  }
  expect(table?.recognised.kind).toBe(kind)
  expect(table?.recognised.roles).toEqual(wanted)
  // Who a person is stays text.
  const customer = table?.read.columns.find(({ name }) => name === wanted['customer'])
  if (customer !== undefined) expect(['id', 'text']).toContain(customer.type)
})
