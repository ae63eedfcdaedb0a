import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Cluster, SUPERUSER } from './cluster.ts'

/** Where the server listens: never beyond this machine, since its TLS library is an old one. */
export type Endpoint =
  | { readonly kind: 'socket'; readonly directory: string }
  | { readonly kind: 'loopback'; readonly port: number }

/** sockaddr_un.sun_path: 108 bytes on Linux, 104 on macOS, with a zero at the end. */
const MAX_SOCKET_PATH_BYTES = process.platform === 'darwin' ? 103 : 107
const SOCKET_PORT = 5432

/** A socket in the cluster's private directory; a free loopback port where the socket's path would be too long. */
export async function chooseEndpoint(cluster: Cluster): Promise<Endpoint> {
  const socket = join(cluster.socketDirectory, `.s.PGSQL.${SOCKET_PORT}`)
  // PostgreSQL takes a list of directories, in which these characters mean something.
  const isPlain = !/[",]/.test(socket)
  if (isPlain && Buffer.byteLength(socket) <= MAX_SOCKET_PATH_BYTES) {
    return { kind: 'socket', directory: cluster.socketDirectory }
  }
  return { kind: 'loopback', port: await findFreePort() }
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('A listening TCP server has no port.')
  return address.port
}

/** The settings that make PostgreSQL listen there. */
export function endpointSettings(endpoint: Endpoint): Record<string, string> {
  return endpoint.kind === 'socket'
    ? { listen_addresses: '', unix_socket_directories: endpoint.directory, port: String(SOCKET_PORT) }
    : { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(endpoint.port) }
}

/** The same as a client's URL. */
export function endpointUrl(endpoint: Endpoint, password: string, database: string): string {
  const address =
    endpoint.kind === 'socket'
      ? `${encodeURIComponent(endpoint.directory)}:${SOCKET_PORT}`
      : `127.0.0.1:${endpoint.port}`
  return `postgres://${SUPERUSER}:${password}@${address}/${database}`
}
