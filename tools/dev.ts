/** `npm run dev`: the server, started again when its sources change, and the console from Vite's own server in front of it. */
import { spawn } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../apps/server/src/main.ts', import.meta.url))
const CONSOLE = fileURLToPath(new URL('../apps/console/dev.ts', import.meta.url))
const port = process.env['PORTREEVE_PORT'] ?? '8470'

const processes = [
  spawn(process.execPath, ['--watch', MAIN, ...process.argv.slice(2)], { stdio: 'inherit' }),
  spawn(process.execPath, [CONSOLE], {
    stdio: 'inherit',
    env: { ...process.env, PORTREEVE_DEV_SERVER: `http://127.0.0.1:${port}` },
  }),
]
const end = () => {
  for (const each of processes) each.kill()
}
for (const each of processes) each.on('exit', end)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end)
