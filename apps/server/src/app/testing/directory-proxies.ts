import { once } from 'node:events'
import { connect as connectTcp, createServer, type Socket } from 'node:net'

/** A port between this server and a directory. */
export interface DirectoryProxy extends AsyncDisposable {
  readonly url: string
}

export interface HoldingProxy extends DirectoryProxy {
  /** Settles when the first connection has come. */
  readonly held: Promise<void>
  release(): void
}

/** Passes connections on, and cuts each off after so many bytes of answer. */
export function startCuttingProxy(target: string, bytes: number): Promise<DirectoryProxy> {
  return startProxy((client) => {
    const upstream = connectTo(target)
    client.pipe(upstream)
    let left = bytes
    upstream.on('data', (chunk: Buffer) => {
      client.write(chunk.subarray(0, left))
      left -= chunk.length
      if (left <= 0) client.destroySoon()
    })
    return upstream
  })
}

/** Passes the first connection on to `target` once it is released, all others to `later`. */
export async function startHoldingProxy(target: string, later: string): Promise<HoldingProxy> {
  const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let isFirst = true
  const proxy = await startProxy((client) => {
    const upstream = connectTo(isFirst ? target : later)
    const start = isFirst ? released.promise : Promise.resolve()
    if (isFirst) held.resolve()
    isFirst = false
    void start.then(() => client.pipe(upstream).pipe(client))
    return upstream
  })
  return { ...proxy, held: held.promise, release: released.resolve }
}

function connectTo(url: string): Socket {
  const { hostname, port } = new URL(url)
  return connectTcp(Number(port), hostname)
}

/** A port that has each of its connections passed on by `pass`, which answers where to. */
async function startProxy(pass: (client: Socket) => Socket): Promise<DirectoryProxy> {
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const upstream = pass(client)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  return {
    url: `ldap://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      proxy.close()
    },
  }
}
