const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu
const OUTER_BLANKS = /^\p{Z}+|\p{Z}+$/gu
const LONGEST = 128

/** Gives names that are printable, short enough and, whatever their case, different from those given before. */
export class UniqueNames {
  readonly #taken = new Set<string>()

  take(wanted: string): string {
    const printable = wanted.replace(UNPRINTABLE, '_').replace(OUTER_BLANKS, '') || '_'
    for (let number = 1; ; number++) {
      const suffix = number === 1 ? '' : ` (${number})`
      const name = shorten(printable, LONGEST - suffix.length) + suffix
      const key = name.normalize('NFKC').toLowerCase()
      if (this.#taken.has(key)) continue
      this.#taken.add(key)
      return name
    }
  }
}

function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  // A character of two code units is not cut in half.
  return `${text
    .slice(0, length - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`
}
