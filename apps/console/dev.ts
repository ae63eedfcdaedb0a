/** Vite's own server, with the console as its sources are at every moment; `npm run dev` starts it in front of a server. */
import { join } from 'node:path'
import { createServer } from 'vite'

const server = await createServer({ configFile: join(import.meta.dirname, 'vite.config.ts') })
await server.listen()
server.printUrls()
