import { execFile } from 'node:child_process'

interface ValidateAuthzOptions {
  readonly program?: string
  readonly withinMs?: number
}

/** A file of 10,000 rules takes `svnauthz` a fraction of a second. */
const WITHIN_MS = 20_000

/**
 * What is wrong with the file by Subversion's own reading, or undefined; `absent` where there is no `svnauthz`. One that
 * does not end is killed, and vouches for nothing.
 */
export function validateAuthz(
  file: string,
  { program = 'svnauthz', withinMs = WITHIN_MS }: ValidateAuthzOptions = {},
): Promise<{ readonly fault: string } | 'absent' | undefined> {
  const options = { timeout: withinMs, killSignal: 'SIGKILL' } as const
  return new Promise((resolve) => {
    execFile(program, ['validate', file], options, (error, _stdout, stderr) => {
      if (error === null) resolve(undefined)
      else if (error.code === 'ENOENT') resolve('absent')
      else if (error.killed) resolve({ fault: `svnauthz did not end within ${withinMs / 1000} s` })
      else resolve({ fault: stderr.trim().split('\n', 1)[0] || error.message })
    })
  })
}
