import type { Kind } from './schema-shape.ts'

// At most 15 digits: every such number is exact in a double.
const INTEGER = /^[+-]?\d{1,15}$/
const NUMBER = /^[+-]?\d{1,15}(\.\d{1,15})?$/

/**
 * The value that a text stands for where the schema wants one of `kind`: XML and query strings only have text. Text that
 * is no such value stays as it is, so that validation can say what is wrong with it.
 */
export function readText(text: string, kind: Kind): unknown {
  if (kind === 'string' || kind === 'any') return text
  const word = text.trim()
  if (kind === 'boolean') return readBoolean(word) ?? text
  const pattern = kind === 'integer' ? INTEGER : NUMBER
  return pattern.test(word) ? Number(word) : text
}

/** XML Schema's four spellings (Part 2, 3.2.2). */
function readBoolean(word: string): boolean | undefined {
  if (word === 'true' || word === '1') return true
  return word === 'false' || word === '0' ? false : undefined
}
