import type { DirectorySync, DirectorySyncPreview, Task } from '@portreeve/client'
import { counted } from '../../parts/counted.ts'

export function changesNothing({ added, removed, relinked }: DirectorySyncPreview): boolean {
  return added + removed + relinked === 0
}

/** What carrying it out would do to a team of this name. */
export function effectOf(preview: DirectorySyncPreview, name: string): string {
  const { added, created, removed, relinked, skipped, members, removalShare, needsConfirmation } = preview
  const sentences = [
    added > 0 &&
      `${counted(added, 'person joins', 'people join')} ${name}${created > 0 ? `, ${created.toLocaleString('en')} of them with a new account` : ''}.`,
    removed > 0 &&
      `${counted(removed, 'member leaves', 'members leave')} ${name}, every team below it and their rules, and lose what those grant. The accounts stay.`,
    needsConfirmation && `That is more than ${removalShare} % of its ${counted(members, 'member', 'members')}.`,
    relinked > 0 && `${counted(relinked, 'user is', 'users are')} linked to another entry of the directory.`,
    skipped > 0 && `${counted(skipped, 'entry is', 'entries are')} left out.`,
  ]
  return sentences.filter((sentence) => sentence !== false).join(' ')
}

/** What became of the last one. */
export function textOfSync({ outcome, found, added, created, removed, error }: DirectorySync): string {
  if (outcome === 'FAILED') return `It failed, and changed nothing. ${error?.message ?? ''}`.trimEnd()
  if (outcome === 'NEEDS_CONFIRMATION') {
    return `It waits for a confirmation, and changed nothing: ${counted(removed, 'member', 'members')} would leave.`
  }
  const accounts = created > 0 ? `, ${created.toLocaleString('en')} of them with a new account` : ''
  return `${counted(found, 'person was', 'people were')} found; ${added.toLocaleString('en')} joined${accounts}, and ${removed.toLocaleString('en')} left.`
}

export interface TaskStanding {
  /** Of the way from the proposal to the files that Subversion reads. */
  readonly percent: number
  readonly text: string
  readonly hasEnded: boolean
  readonly hasFailed: boolean
}

/** How far the change of a sync is. */
export function standingOf({ state, enforced, error }: Task): TaskStanding {
  const under = { hasEnded: false, hasFailed: false }
  if (enforced) return { percent: 100, text: 'It is enforced: Subversion obeys it.', hasEnded: true, hasFailed: false }
  if (state === 'COMPLETED') return { ...under, percent: 75, text: 'It is decided, and not enforced yet.' }
  if (state === 'RUNNING') return { ...under, percent: 50, text: 'It is being made.' }
  if (state === 'PENDING') return { ...under, percent: 25, text: 'It waits for its turn.' }
  const failure = state === 'ABORTED' ? 'It was aborted.' : (error?.message ?? 'It failed.')
  return { percent: 100, text: failure, hasEnded: true, hasFailed: true }
}
