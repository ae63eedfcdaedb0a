import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A port of this machine. */
export interface Relay extends AsyncDisposable {
  readonly port: number
}

/** Passes connections to a port on to a server that listens elsewhere: on a socket in the file system, say. */
export async function startRelay(connectOnward: () => Socket): Promise<Relay> {
  const server = createServer((socket) => {
    const onward = connectOnward()
    socket.on('error', () => onward.destroy()).on('close', () => onward.destroy())
    onward.on('error', () => socket.destroy())
    socket.pipe(onward).pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, 'close')
    },
  }
}
