import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Stands between a server and its database, and can be shut: the database is then as good as down. */
export interface DatabaseGate extends AsyncDisposable {
  /** The database's URL, through the gate. */
  readonly url: string
  /** Cuts every connection and takes no new ones. */
  shut(): Promise<void>
  open(): Promise<void>
}

/** @param databaseUrl its host may be a socket's directory, percent-encoded */
export async function startDatabaseGate(databaseUrl: string): Promise<DatabaseGate> {
  const target = new URL(databaseUrl)
  const host = decodeURIComponent(target.hostname)
  const port = Number(target.port || 5432)
  const sockets = new Set<Socket>()
  const hold = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
  }
  const gate = createServer((near) => {
    const far = hold(host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host))
    hold(near).pipe(far).pipe(near)
    far.on('close', () => near.destroy())
    near.on('close', () => far.destroy())
  })
  let ownPort = 0
  const open = async (): Promise<void> => {
    await once(gate.listen(ownPort, '127.0.0.1'), 'listening')
    const address = gate.address()
    if (address !== null && typeof address !== 'string') ownPort = address.port
  }
  const shut = async (): Promise<void> => {
    const closed = once(gate, 'close')
    gate.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  await open()
  const through = `postgres://${target.username}:${target.password}@127.0.0.1:${ownPort}${target.pathname}`
  return {
    url: through,
    shut,
    open,
    async [Symbol.asyncDispose]() {
      if (gate.listening) await shut()
    },
  }
}
