import { z } from 'zod'

/** How days and times may be written, by the names that projects keep. */
export const dateFormats = [
  'yyyy-MM-dd',
  'yyyy-MM-dd HH:mm:ss',
  'yyyyMMdd',
  'yyyy-MM',
  'yyyy/M/d',
  'yyyy.M.d',
  'd/M/yyyy',
  'M/d/yyyy',
  'd.M.yyyy',
  'M.d.yyyy',
  'd-M-yyyy',
  'M-d-yyyy',
  'd/M/yy',
  'M/d/yy',
  'd.M.yy',
  'd MMM yyyy',
  'd MMM yy',
  'MMM d yyyy',
  'd/M/yyyy H:mm',
  'M/d/yyyy H:mm',
  'd.M.yyyy H:mm',
  'd-M-yyyy H:mm',
  'yyyy/M/d H:mm',
  'excelDays',
  'epochSeconds',
  'epochMilliseconds',
] as const

/** How the analyst wants a column to be read, whatever was recognised. */
export const readingWishSchema = z.discriminatedUnion('as', [
  /** Every cell as it stands. */
  z.object({ as: z.literal('text') }),
  z.object({ as: z.literal('id') }),
  /** Signs of currencies, thousands and brackets are understood. */
  z.object({ as: z.literal('number'), decimal: z.enum(['.', ',']) }),
  z.object({ as: z.literal('date'), format: z.enum(dateFormats) }),
  z.object({ as: z.literal('flag') }),
])
export type ReadingWish = z.infer<typeof readingWishSchema>
