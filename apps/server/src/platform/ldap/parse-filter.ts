import {
  AndFilter,
  ApproximateFilter,
  EqualityFilter,
  ExtensibleFilter,
  type Filter,
  GreaterThanEqualsFilter,
  LessThanEqualsFilter,
  NotFilter,
  OrFilter,
  PresenceFilter,
  SubstringFilter,
} from 'ldapts'
import { LdapFilterError } from './ldap-failure.ts'

/** Deeper ones are no human's work; slapd itself stops at 1,000. */
const DEEPEST = 50

const ATTRIBUTE = '(?:[A-Za-z][A-Za-z0-9-]*|\\d+(?:\\.\\d+)+)(?:;[A-Za-z0-9-]+)*'
const SIMPLE = new RegExp(`(${ATTRIBUTE})(=|~=|>=|<=)`, 'y')
const EXTENSIBLE = new RegExp(`(${ATTRIBUTE})?(:dn)?(?::(${ATTRIBUTE}))?:=`, 'iy')
const SPACES = /\s*/y
// What a value may hold (RFC 4515, 3), with `*` for substrings.
const VALUE = /(?:[^\0()\\]|\\[0-9A-Fa-f]{2})*/y

/**
 * Reads a search filter (RFC 4515). Blanks between filters are allowed, as OpenLDAP does. ldapts has a parser, too, but it
 * takes `\c3\a9` for two characters instead of one (RFC 4515, 3: escapes are octets of UTF-8), and knows no attribute options.
 * @throws {LdapFilterError}
 */
export function parseFilter(text: string): Filter {
  const reader = new FilterReader(text)
  const filter = reader.filter(0)
  reader.end()
  return filter
}

class FilterReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  filter(depth: number): Filter {
    if (depth > DEEPEST) throw this.#problem(`filters are nested deeper than ${DEEPEST}`)
    this.#match(SPACES)
    this.#expect('(')
    const filter = this.#component(depth)
    this.#expect(')')
    this.#match(SPACES)
    return filter
  }

  end(): void {
    if (this.#at < this.#text.length) throw this.#problem('there is more than one filter; join them with (&…) or (|…)')
  }

  #component(depth: number): Filter {
    switch (this.#text[this.#at]) {
      case '&':
        return new AndFilter({ filters: this.#filters(depth) })
      case '|':
        return new OrFilter({ filters: this.#filters(depth) })
      case '!':
        this.#at++
        return new NotFilter({ filter: this.filter(depth + 1) })
      default:
        return this.#item()
    }
  }

  /** None at all is allowed: `(&)` is true, `(|)` is false (RFC 4526). */
  #filters(depth: number): Filter[] {
    this.#at++
    this.#match(SPACES)
    const filters: Filter[] = []
    while (this.#text[this.#at] === '(') filters.push(this.filter(depth + 1))
    return filters
  }

  #item(): Filter {
    const simple = this.#match(SIMPLE)
    if (simple) return this.#simple(simple[1] ?? '', simple[2] ?? '')
    const extensible = this.#match(EXTENSIBLE)
    if (!extensible) throw this.#problem('expected an attribute, such as uid, and =, >=, <=, ~= or :=')
    const [, attribute, dn, rule] = extensible
    if (attribute === undefined && rule === undefined)
      throw this.#problem('a match by rule needs an attribute or a rule')
    return new ExtensibleFilter({
      matchType: attribute ?? '',
      ...(rule !== undefined && { rule }),
      dnAttributes: dn !== undefined,
      value: this.#asText(this.#value()),
    })
  }

  #simple(attribute: string, operator: string): Filter {
    const value = this.#value()
    if (operator === '~=') return new ApproximateFilter({ attribute, value: this.#whole(value) })
    if (operator === '>=') return new GreaterThanEqualsFilter({ attribute, value: this.#whole(value) })
    if (operator === '<=') return new LessThanEqualsFilter({ attribute, value: this.#whole(value) })
    if (value === '*') return new PresenceFilter({ attribute })
    if (!value.includes('*')) return new EqualityFilter({ attribute, value: decode(value) })
    const [initial = '', ...rest] = value.split('*').map((part) => this.#asText(part))
    const final = rest.pop() ?? ''
    return new SubstringFilter({ attribute, initial, any: rest, final })
  }

  #value(): string {
    const [value = ''] = this.#match(VALUE) ?? []
    if (this.#text[this.#at] === '\\') throw this.#problem('a backslash must be written as \\5c')
    if (this.#text[this.#at] === '(') throw this.#problem('( in a value must be written as \\28')
    if (this.#text[this.#at] === '\0') throw this.#problem('a zero byte must be written as \\00')
    return value
  }

  #whole(value: string): string {
    if (value.includes('*')) throw this.#problem('* in this value must be written as \\2a')
    return this.#asText(value)
  }

  #asText(value: string): string {
    const decoded = decode(value)
    if (typeof decoded !== 'string') throw this.#problem('octets that are no text are only compared whole, with =')
    return decoded
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) throw this.#problem(`expected ${character}`)
    this.#at++
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (!found) return undefined
    this.#at += found[0].length
    return found
  }

  #problem(what: string): LdapFilterError {
    return new LdapFilterError(`at character ${this.#at + 1}, ${what}`)
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The value behind the escapes: text, or the octets where they are none (an `objectGUID`, say). */
function decode(value: string): string | Buffer {
  if (!value.includes('\\')) return value
  const parts = value.match(/\\[0-9A-Fa-f]{2}|[^\\]+/g) ?? []
  const octets = Buffer.concat(
    parts.map((part) => (part.startsWith('\\') ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part, 'utf8'))),
  )
  try {
    return utf8.decode(octets)
  } catch {
    return octets
  }
}
