/** `npm run demo`: a scratch server with a real foundation's rules, and where to look. Stays until Ctrl-C, then cleans up. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { PortreeveClient } from '@portreeve/client'
import { prepareSubversion } from './demo-subversion.ts'
import { type ScratchServer, startScratchServer } from './scratch-server.ts'

const HELP = `usage: npm run demo -- [options]

  --port <port>           where the server listens (default: 8470)
  --data-dir <directory>  keep the data there (default: a temporary directory, deleted at the end)
  --help                  show this
`
const LOAD = fileURLToPath(new URL('../apps/cli/src/load.ts', import.meta.url))
const FOUNDATION = fileURLToPath(new URL('../fixtures/foundation.authz', import.meta.url))
const REPOSITORIES = ['main', 'infra', 'private']
/** One of the foundation's administrators: may do everything. */
const DEMO_USER = 'p0185'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8470' },
    'data-dir': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

async function demo(): Promise<void> {
  const stopping = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.resolve())
  process.stdout.write('Starting a server …\n')
  const dataDir = values['data-dir']
  await using server = await startScratchServer({
    port: Number(values.port),
    ...(dataDir && { dataDir: resolve(dataDir) }),
  })
  process.stdout.write(`Loading ${FOUNDATION} …\n`)
  const isLoaded = await Promise.race([loadFoundation(server), stopping.promise])
  if (!isLoaded) return
  process.stdout.write(await describe(server))
  await stopping.promise
  process.stdout.write('\nStopping.\n')
}

async function loadFoundation({ url, token }: ScratchServer): Promise<boolean> {
  const args = [LOAD, FOUNDATION, '--url', url, '--repository', REPOSITORIES.join(',')]
  const child = spawn(process.execPath, args, { env: { ...process.env, PORTREEVE_TOKEN: token }, stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  return code === 0
}

async function describe({ url, token, dataDir, authzDir }: ScratchServer): Promise<string> {
  const client = new PortreeveClient({ baseUrl: url, token })
  const [repository] = await Array.fromAsync(client.repositories.list({ search: { name: 'main' } }))
  const curl = `  curl -H "Authorization: Bearer $TOKEN"`
  const home = join(dataDir, 'subversion')
  const svnserve = await prepareSubversion({ home, authzDir, repositories: REPOSITORIES, user: DEMO_USER })
  return `
The API and its documentation: ${url}/docs
The generated files:           ${authzDir}

A superadmin's token, for these to try:

  TOKEN=${token}
${curl} '${url}/api/teams?searchKeyList=name&searchValueList=infra'
${curl} -H 'Accept: application/xml' '${url}/api/users?pageSize=3'
${curl} '${url}/api/repositories/${repository?.id}/authz' | tail -20

${svnserve}
Ctrl-C ends the demo.
`
}

if (values.help) process.stdout.write(HELP)
else await demo()
