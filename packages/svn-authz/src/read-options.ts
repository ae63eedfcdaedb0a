import { AuthzSyntaxError } from './authz-file.ts'

/** A section header or an option of a Subversion configuration file; `line` is 1-based. */
export type ConfigItem =
  | { readonly kind: 'section'; readonly line: number; readonly name: string }
  | { readonly kind: 'option'; readonly line: number; readonly name: string; readonly value: string }

// svn_ctype_isspace: ASCII only, so an outer no-break space belongs to a name, which String#trim would take away.
const SPACE = ' \t\n\v\f\r'
// Subversion's scanner drops carriage returns before it counts a line's indentation (config_file.c, parser_getc).
const INDENTATION = /^[ \t\v\f\r]*/

/** Takes ASCII white space, and no other, from both ends, as svn_stringbuf_strip_whitespace does. */
export function stripSpace(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && SPACE.includes(text.charAt(start))) start++
  while (end > start && SPACE.includes(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

interface Line {
  readonly indented: boolean
  readonly text: string
}

function measure(raw: string): Line {
  const lead = INDENTATION.exec(raw)?.[0] ?? ''
  return { indented: lead.replaceAll('\r', '') !== '', text: raw.slice(lead.length) }
}

function readHeader({ indented, text }: Line, line: number): ConfigItem {
  if (indented) throw new AuthzSyntaxError(line, 'Section header must start in the first column.')
  const end = text.indexOf(']')
  if (end < 0) throw new AuthzSyntaxError(line, "Section header must end with ']'.")
  return { kind: 'section', line, name: text.slice(1, end) }
}

function splitOption({ indented, text }: Line, line: number): [name: string, value: string] {
  if (indented)
    throw new AuthzSyntaxError(line, 'Option expected: an indented line only continues the option above it.')
  const separator = text.search(/[:=]/)
  if (separator < 0) throw new AuthzSyntaxError(line, "Option must have ':' or '='.")
  return [stripSpace(text.slice(0, separator)), text.slice(separator + 1)]
}

/** Reads the option on `lines[at]` and the indented lines that continue it; says where the next item may begin. */
function readOption(lines: readonly Line[], at: number): { item: ConfigItem; next: number } {
  const [name, first] = splitOption(lines[at] as Line, at + 1)
  const parts = [first]
  let next = at + 1
  for (let line = lines[next]; line?.indented && line.text !== ''; line = lines[next]) {
    parts.push(line.text)
    next++
  }
  return { item: { kind: 'option', line: at + 1, name, value: stripSpace(parts.map(stripSpace).join(' ')) }, next }
}

/**
 * Reads Subversion's INI dialect as config_file.c of 1.14 does: comments and headers in the first column, everything
 * after `]` ignored, indented lines continue the option directly above.
 */
export function* readOptions(source: string): Generator<ConfigItem> {
  const lines = source
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map(measure)
  let inSection = false
  for (let at = 0; at < lines.length; ) {
    const line = lines[at++] as Line
    if (line.text === '') continue
    if (line.text.startsWith('[')) {
      inSection = true
      yield readHeader(line, at)
    } else if (line.text.startsWith('#')) {
      if (line.indented) throw new AuthzSyntaxError(at, 'Comment must start in the first column.')
    } else {
      if (!inSection) throw new AuthzSyntaxError(at, 'Section header expected.')
      const { item, next } = readOption(lines, at - 1)
      yield item
      at = next
    }
  }
}
