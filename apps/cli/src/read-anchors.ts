import type { Anchor } from '@portreeve/client'

/** As many as one request takes. */
const MOST_ANCHORS = 10_000

// `<seq> <hash> <time> <count>`, maybe behind what a system log puts before a message.
const ANCHOR = /(?:^|\s)(\d{1,15}) ([0-9a-f]{64}) \d{4}-\d\d-\d\dT[\d:.]+Z \d+\s*$/

/** Picks the anchors out of a file of them, or of a system log; other lines are left alone. */
export function readAnchors(text: string): Anchor[] {
  return text.split('\n').flatMap((line) => {
    const [, seq, hash] = ANCHOR.exec(line) ?? []
    return seq !== undefined && hash !== undefined ? [{ seq: Number(seq), hash }] : []
  })
}

/**
 * As many of them as may be sent, evenly spread, those of the furthest place always among them: each vouches for all that
 * comes before it.
 */
export function spreadAnchors(anchors: readonly Anchor[], most = MOST_ANCHORS): Anchor[] {
  const sorted = anchors.toSorted((a, b) => b.seq - a.seq)
  const step = Math.max(1, sorted.length / most)
  return Array.from({ length: Math.min(most, sorted.length) }, (_, index) => sorted[Math.floor(index * step)]).filter(
    (anchor) => anchor !== undefined,
  )
}
