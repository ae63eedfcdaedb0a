import type { AuditOutcome } from '@portreeve/client'

/** What came of a verification, as a person reads it. */
export function describeOutcome({ outcome, checked, head, anchors, break: found }: AuditOutcome): string {
  const compared = anchors === 0 ? 'no anchors, so its end may be missing' : `${anchors} anchors`
  if (outcome === 'intact') {
    const end = head ? `${checked} records up to ${head.hash}` : 'no records yet'
    return `The audit is intact: ${end}; compared with ${compared}.\n`
  }
  return `THE AUDIT IS NOT INTACT (${found?.kind ?? 'broken'}). ${found?.message ?? ''}\n${checked} records before that are as they were.\n`
}
