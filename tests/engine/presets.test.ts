import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEngine, type RunningEngine } from '../../main/engine/engine'
import { quiet, type SmallShop, smallShop } from './smallShop'

let shop: SmallShop
let engine: RunningEngine
beforeEach(() => {
  shop = smallShop()
  engine = createEngine({ tempFolder: shop.tempFolder, threads: 1 })
})
afterEach(async () => {
  engine.close()
  await new Promise((resume) => setTimeout(resume, 50))
  shop.remove()
})

const lines = 'a1,k1,1/2/2024,4,x,Used\na2,k2,2/2/2024,5,y,Used\na3,k1,3/2/2024,6,x,Not used\n'

/** A project whose mapping nobody could guess: `weird` is the customer, the category is taken away, days come first. */
async function original(): Promise<string> {
  const path = join(shop.folder, 'march.csv')
  writeFileSync(path, `order_id,weird,order_date,unit_price,category,coupon_status\n${lines}`)
  await engine.handlers.createProject(
    {
      folder: join(shop.folder, 'first'),
      name: 'first',
      sources: [{ name: 'sales', path }],
      kinds: { sales: 'orders' },
      maps: { sales: { customer: 'weird', category: '' } },
      choices: { 'sales.order_date.dateOrder': 'dayFirst' },
    },
    quiet,
  )
  const to = join(shop.folder, 'preset.json')
  await engine.handlers.exportMapping({ to }, quiet)
  return to
}

describe('a preset', () => {
  test('is readable JSON and is never written over a file unasked', async () => {
    const to = await original()
    expect(JSON.parse(readFileSync(to, 'utf8'))).toMatchObject({
      preset: 'casebook mapping',
      version: 1,
      tables: [
        {
          name: 'sales',
          kind: 'orders',
          roles: { customer: 'weird', orderedAt: 'order_date', unitPrice: 'unit_price' },
          answers: [{ column: 'order_date', question: 'dateOrder', option: 'dayFirst' }],
        },
      ],
      choices: {},
    })
    await expect(engine.handlers.exportMapping({ to }, quiet)).rejects.toMatchObject({ code: 'bad-parameter' })
    await engine.handlers.exportMapping({ to, replace: true }, quiet)
  })

  test('gives the next file its kind, roles and answers, also under other spellings and in Spanish', async () => {
    const preset = await original()
    const path = join(shop.folder, 'next.csv')
    writeFileSync(path, `ID pedido,Weird,Fecha pedido,Precio unitario,Category,Coupon Status\n${lines}`)
    const state = await engine.handlers.createProject(
      { folder: shop.project, name: 'next', sources: [{ path }], preset },
      quiet,
    )
    expect(state.sources).toMatchObject([
      {
        name: 'next',
        kind: 'orders',
        roles: {
          order: 'ID pedido',
          customer: 'Weird',
          orderedAt: 'Fecha pedido',
          unitPrice: 'Precio unitario',
          couponState: 'Coupon Status',
        },
      },
    ])
    expect(state.sources[0]?.roles).not.toHaveProperty('category')
    expect(state.choices.find(({ key }) => key === 'next.Fecha pedido.dateOrder')).toMatchObject({
      chosen: 'dayFirst',
      decidedBy: 'analyst',
    })
    const renamed = state.findings.find(({ id }) => id === 'presetRenamed')
    expect(renamed?.examples).toEqual(expect.arrayContaining(['Fecha pedido for order_date', 'Weird for weird']))
  })

  test('a wish goes before the preset', async () => {
    const preset = await original()
    const path = join(shop.folder, 'next.csv')
    writeFileSync(path, `order_id,weird,order_date,unit_price,category,coupon_status\n${lines}`)
    const state = await engine.handlers.createProject(
      { folder: shop.project, name: 'next', sources: [{ path }], preset, maps: { next: { category: 'category' } } },
      quiet,
    )
    expect(state.sources).toMatchObject([{ roles: { customer: 'weird', category: 'category' } }])
  })

  test('a file that lacks a mapped column is refused with the best match', async () => {
    const preset = await original()
    const path = join(shop.folder, 'next.csv')
    writeFileSync(path, `order_id,weirdo,order_date,unit_price,category,coupon_status\n${lines}`)
    const making = engine.handlers.createProject(
      { folder: shop.project, name: 'next', sources: [{ path }], preset },
      quiet,
    )
    await expect(making).rejects.toMatchObject({
      code: 'missing-column',
      hint: expect.stringContaining('customer: "weird" is missing; did it become "weirdo"?'),
    })
  })

  test.each([
    { content: 'no json', says: /not JSON/ },
    { content: '{"preset":"casebook mapping","version":2}', says: /newer Casebook/ },
    { content: '{"tables":[]}', says: /no preset of Casebook/ },
  ])('$content is refused', async ({ content, says }) => {
    const preset = join(shop.folder, 'broken.json')
    writeFileSync(preset, content)
    const making = engine.handlers.createProject(
      { folder: shop.project, name: 'next', sources: [{ path: shop.sales }], preset },
      quiet,
    )
    await expect(making).rejects.toMatchObject({ code: 'bad-file', message: expect.stringMatching(says) })
  })
})
