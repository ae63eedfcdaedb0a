import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, isIPv6 } from 'node:net'
import { hostname } from 'node:os'
import { pid } from 'node:process'
import { promisify } from 'node:util'

/** "security/authorization messages (private)", informational (RFC 5424, 6.2.1): 10 * 8 + 6. */
const PRIORITY = 86
const APP_NAME = 'portreeve'
const MESSAGE_ID = 'AUDIT-ANCHOR'
const TIMEOUT_MS = 10_000

export interface SyslogServer {
  readonly host: string
  readonly port: number
  readonly transport: 'udp' | 'tcp'
}

/** A message of RFC 5424: header, no structured data, text. */
export function formatSyslog(text: string, at: Date): string {
  // HOSTNAME is printable ASCII without spaces, or a dash (6.2.4).
  const host =
    hostname()
      .replace(/[^!-~]/g, '')
      .slice(0, 255) || '-'
  return `<${PRIORITY}>1 ${at.toISOString()} ${host} ${APP_NAME} ${pid} ${MESSAGE_ID} - ${text}`
}

/** One message, a datagram (RFC 5426) or a connection of its own, counted in octets (RFC 6587, 3.4.1). */
export async function sendSyslog({ host, port, transport }: SyslogServer, message: string): Promise<void> {
  if (transport === 'tcp') return await sendCounted({ host, port }, message)
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.send(message, port, host, (error) => (error ? reject(error) : resolve()))
    })
  } finally {
    socket.close()
  }
}

async function sendCounted(server: { readonly host: string; readonly port: number }, message: string): Promise<void> {
  const socket = connect(server)
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('The syslog server does not answer.')))
  try {
    // A server that closes at the end of ours has taken everything before it.
    const closed = once(socket.resume(), 'close')
    socket.end(`${Buffer.byteLength(message)} ${message}`)
    await closed
  } finally {
    socket.destroy()
  }
}

const run = promisify(execFile)

/** To this machine's own log, by logger(1) (util-linux, BSD): Node has no datagram sockets in the file system. */
export async function sendToLocalSyslog(text: string, program = 'logger'): Promise<void> {
  await run(program, ['-t', APP_NAME, '-p', 'authpriv.info', '--', text], { timeout: TIMEOUT_MS })
}
