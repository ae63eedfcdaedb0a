/** What a running postmaster writes about itself into `postmaster.pid` (PostgreSQL 18, miscadmin.h: LOCK_FILE_LINE_*). */
export interface PostmasterFile {
  readonly pid: number
  readonly status: 'starting' | 'stopping' | 'ready' | 'standby' | 'unknown'
}

const PID_LINE = 0
const STATUS_LINE = 7

/** Undefined when the text is no such file, which it may be for a moment while being written. */
export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split('\n')
  const pid = Number(lines[PID_LINE])
  if (!Number.isSafeInteger(pid) || pid <= 1) return undefined
  return { pid, status: parseStatus(lines[STATUS_LINE]?.trim()) }
}

function parseStatus(word: string | undefined): PostmasterFile['status'] {
  switch (word) {
    case 'starting':
    case 'stopping':
    case 'ready':
    case 'standby':
      return word
    default:
      return 'unknown'
  }
}
