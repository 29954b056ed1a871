import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { quiet } from './smallShop'
import { type TextProject, textProject } from './textProject'

const people = Array.from({ length: 30 }, (_, index) => index)
const english = [
  'customer_id,email,mobile,first_name,last_name,zip,city,opt_in',
  ...people.map(
    (i) =>
      `c${i},person${i}@example.org,+34 600 100 ${100 + i},Ana${i},Roe${i},0${8000 + i},Bilbao,${i % 3 === 0 ? 'no' : 'yes'}`,
  ),
]
const spanish = [
  'Cliente;Correo electrónico;Teléfono;Nombre;Apellidos;Código postal;Población',
  ...people.map((i) => `c${i};persona${i}@example.org;600100${100 + i};Ana;Ruiz;0${8000 + i};Bilbao`),
]
const orders = [
  'order_id,order_date,customer_id,revenue',
  ...people.slice(0, 20).map((i) => `o${i},2024-01-${10 + (i % 9)},c${i},10`),
  'o30,2024-01-20,c99,10',
]
const shop = (): Promise<TextProject> => textProject({ people: { lines: english }, sales: { lines: orders } })

describe('a file of contacts', () => {
  test.each([
    {
      language: 'English',
      lines: english,
      roles: {
        customer: 'customer_id',
        email: 'email',
        phone: 'mobile',
        firstName: 'first_name',
        lastName: 'last_name',
        postcode: 'zip',
        city: 'city',
        consent: 'opt_in',
      },
    },
    {
      language: 'Spanish',
      lines: spanish,
      roles: {
        customer: 'Cliente',
        email: 'Correo electrónico',
        phone: 'Teléfono',
        firstName: 'Nombre',
        lastName: 'Apellidos',
        postcode: 'Código postal',
        city: 'Población',
      },
    },
  ])('is recognised by its columns in $language', async ({ lines, roles }) => {
    const { state } = await textProject({ people: { lines } })
    expect(state.sources[0]).toMatchObject({ kind: 'contacts', roles })
    expect(state.sources[0]?.confidence).toBeGreaterThan(0.8)
  })

  test('with attributes of customers is a table of customers', async () => {
    const lines = english.map((line, index) => `${line},${index === 0 ? 'gender,tenure_months' : `F,${index}`}`)
    const { state } = await textProject({ people: { lines } })
    expect(state.sources[0]).toMatchObject({ kind: 'customers', roles: { customer: 'customer_id' } })
  })

  test('is joined on the customer, with leading zeros and pluses as they stand', async () => {
    const project = await shop()
    expect(await project.rows("SELECT email, phone, postcode FROM contacts WHERE customer = 'c1'")).toEqual([
      ['person1@example.org', '+34 600 100 101', '08001'],
    ])
    const joins = await project.engine.listJoins(null, quiet)
    expect(joins.find(({ id }) => id === 'orders-contacts')).toMatchObject({
      keys: { total: 21, matched: 20 },
      before: { rows: 21 },
      after: { rows: 21 },
    })
  })

  test.each([
    { what: 'the table', source: { table: 'people' } },
    { what: 'its view', source: { table: 'contacts' } },
    { what: 'a question over it', source: { sql: 'SELECT email FROM contacts' } },
    { what: 'a question over the file', source: { sql: 'SELECT upper(c.email) AS e FROM raw."people" AS c' } },
    { what: 'a saved view', source: { table: 'Reach' } },
    { what: 'a question over a saved view', source: { sql: 'SELECT * FROM "Reach"' } },
  ])('is not written to a file: $what', async ({ source }) => {
    const project = await shop()
    await project.engine.saveView(
      { name: 'Reach', sql: 'SELECT customer, phone FROM contacts JOIN orders USING (customer)' },
      quiet,
    )
    const to = join(project.folder, 'out.csv')
    await expect(project.engine.exportTable({ ...source, to }, quiet)).rejects.toMatchObject({
      code: 'bad-parameter',
      message: 'Contacts are not written to files.',
    })
    await project.engine.exportTable({ sql: 'SELECT customer FROM orders', to }, quiet)
  })

  test('is told of without what stands in its cells', async () => {
    const lines = english.map((line, index) =>
      index % 4 === 1 ? line.replace('@example.org', ' @ EXAMPLE.ORG') : line,
    )
    const { state } = await textProject({ people: { lines: [...lines, lines[3] ?? ''] } })
    const told = state.findings.filter(({ table }) => table === 'people')
    expect(told.length).toBeGreaterThan(0)
    expect(JSON.stringify(told)).not.toMatch(/example\.org|\+34/i)
  })

  test('is no part of the data mart', async () => {
    const project = await shop()
    const mart = await project.engine.exportMart({ to: join(project.folder, 'mart') }, quiet)
    expect(mart.tables.map(({ name }) => name)).toEqual(['order_lines', 'orders', 'customers'])
  })
})
