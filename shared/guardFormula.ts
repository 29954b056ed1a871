/**
 * Text that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets read as "this is text".
 * Tab and carriage return count, too: some programs strip them first.
 *
 * @see OWASP, "CSV Injection".
 */
export function guardFormula(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
}
