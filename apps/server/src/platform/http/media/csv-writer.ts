/** A cell that a spreadsheet would take for a formula, and run; some read wide characters, too (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
/** Where a spreadsheet that separates cells by something else than commas, and so sees no quotes, begins one within ours. */
const FORMULA_WITHIN = /[;\t\r\n][\s"]*(?=[=+\-@＝＋－＠])/g
const NEEDS_QUOTES = /[",\r\n]/

/** One record of a CSV file (RFC 4180). What looks like a formula is made a text by an apostrophe before it. */
export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(value: string | number | undefined): string {
  if (typeof value !== 'string') return value === undefined ? '' : `${value}`
  const disarmed = value.replace(FORMULA_WITHIN, "$&'")
  const text = FORMULA.test(value) ? `'${disarmed}` : disarmed
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
