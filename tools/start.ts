/** `npm start`: the server, and beside it the build of its console where that is missing or older than its sources. */
import { spawn } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const BUILD = fileURLToPath(new URL('../apps/console/build.ts', import.meta.url))
const ONLY_ASKS = ['--help', '--version']

if (!process.argv.some((argument) => ONLY_ASKS.includes(argument))) buildBeside()
await import('../apps/server/src/main.ts')

/** In a process of its own, so that the server is not kept waiting: the pages come when they are there. */
function buildBeside(): void {
  const building = spawn(process.execPath, [BUILD, '--if-stale'], { stdio: ['ignore', 'ignore', 'inherit'] })
  const complain = (reason: string) =>
    process.stderr.write(
      `The console could not be built (${reason}); the server goes on without a newer one. Try: npm run build\n`,
    )
  building.on('error', ({ message }) => complain(message))
  building.on('exit', (code, signal) => {
    if (code !== 0 && signal === null) complain(`the build ended with ${code}`)
  })
}
