import { z } from 'zod'

/** Encodings of text that can be asked for. */
export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const

/** The last row of a file in which its columns can be named by hand. */
export const lastHeaderRow = 60

/** How the analyst wants a file to be cut into a table, whatever was recognised; what is absent is recognised. */
export const layoutWishSchema = z.object({
  /** Of text files. */
  encoding: z.enum(textEncodings).optional(),
  /** Of text files; a blank stands for runs of blanks. */
  delimiter: z.string().length(1).optional(),
  /** Of text files. */
  quote: z.enum(['"', "'"]).optional(),
  /** The row that names the columns, counted from 1; 0 when none does. */
  headerRow: z.number().int().min(0).max(lastHeaderRow).optional(),
})
export type LayoutWish = z.infer<typeof layoutWishSchema>

/** Whether something is wished at all. */
export function wishesLayout(wish: LayoutWish): boolean {
  return Object.values(wish).some((value) => value !== undefined)
}
