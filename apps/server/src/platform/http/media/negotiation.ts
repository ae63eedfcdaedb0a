interface Range {
  readonly type: string
  readonly quality: number
}

interface Preference {
  readonly quality: number
  /** 2 for `a/b`, 1 for `a/*`, 0 for `*` of both. */
  readonly precision: number
  /** Place in the header, earlier first. */
  readonly place: number
}

/**
 * The media type to answer with (RFC 9110, 12.5.1), or undefined when none of `offers` will do. Of equals, the more precisely
 * named wins, then the one the client names first, then the one offered first.
 */
export function chooseMediaType(accept: string | undefined, offers: readonly string[]): string | undefined {
  if (accept === undefined || accept.trim() === '' || accept === '*/*') return offers[0]
  const ranges = parseAccept(accept)
  let best: { readonly offer: string; readonly preference: Preference } | undefined
  for (const offer of offers) {
    const preference = preferenceFor(offer, ranges)
    if (preference.quality > 0 && (!best || comesBefore(preference, best.preference))) best = { offer, preference }
  }
  return best?.offer
}

function parseAccept(accept: string): readonly Range[] {
  return accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    const quality = weight === undefined ? 1 : Number(weight.slice(2))
    return { type, quality: Number.isFinite(quality) ? Math.min(Math.max(quality, 0), 1) : 0 }
  })
}

/** The most precise range that speaks of a type decides its quality. */
function preferenceFor(offer: string, ranges: readonly Range[]): Preference {
  const essence = offer.split(';', 1)[0] ?? offer
  const group = `${offer.split('/', 1)[0]}/*`
  for (const [precision, pattern] of [[2, essence] as const, [1, group] as const, [0, '*/*'] as const]) {
    const place = ranges.findIndex((range) => range.type === pattern)
    const range = ranges[place]
    if (range) return { quality: range.quality, precision, place }
  }
  return { quality: 0, precision: 0, place: 0 }
}

function comesBefore(a: Preference, b: Preference): boolean {
  if (a.quality !== b.quality) return a.quality > b.quality
  return a.precision === b.precision ? a.place < b.place : a.precision > b.precision
}
