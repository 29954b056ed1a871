/** What is wrong with the bytes of a workbook. Where file and sheet are known it becomes an AppError. */
export class Damage extends Error {
  /** 1-based row of the sheet the reader had come to. */
  readonly row: number | undefined

  constructor(message: string, row?: number) {
    super(message)
    this.name = 'Damage'
    this.row = row
  }
}
