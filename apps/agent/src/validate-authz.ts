import { execFile } from 'node:child_process'

/** What is wrong with the file by Subversion's own reading, or undefined; `absent` where there is no `svnauthz`. */
export function validateAuthz(file: string): Promise<{ readonly fault: string } | 'absent' | undefined> {
  return new Promise((resolve) => {
    execFile('svnauthz', ['validate', file], (error, _stdout, stderr) => {
      if (error === null) resolve(undefined)
      else if (error.code === 'ENOENT') resolve('absent')
      else resolve({ fault: stderr.trim().split('\n', 1)[0] || error.message })
    })
  })
}
