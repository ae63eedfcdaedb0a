import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { LdapFailure } from './ldap-failure.ts'

/** Where a directory listens, and what makes it trusted. */
export interface LdapTarget {
  /** `ldap://host[:port]` or `ldaps://host[:port]`. */
  readonly url: string
  /** Encrypt an `ldap://` connection before anything else is said (RFC 4511, 4.14). */
  readonly startTls: boolean
  /** PEM; trusted instead of the public authorities. */
  readonly caCertificate?: string | null
  /** For connecting, and for each answer; a whole connection may take sixty times as long. */
  readonly timeoutMs: number
}

const PORTS: Readonly<Record<string, number>> = { 'ldap:': 389, 'ldaps:': 636 }

/** Connects; nothing is encrypted yet. */
export async function openSocket({ url, timeoutMs }: LdapTarget): Promise<Socket> {
  const { host, port } = addressOf(url)
  const socket = connectTcp({ host, port, keepAlive: true, noDelay: true })
  return await ready(socket, { event: 'connect', timeoutMs, describe: (error) => toUnreachable(error, host, port) })
}

/** Encrypts a connection and checks that the other end is who the URL says. */
export async function encrypt(socket: Socket, { url, caCertificate, timeoutMs }: LdapTarget): Promise<TLSSocket> {
  const { host } = addressOf(url)
  // What happens to it is told by the encrypted socket around it; unheard it would end the process.
  socket.on('error', () => undefined)
  const secure = connectTls({
    socket,
    host,
    // A name, never an address (RFC 6066, 3).
    ...(isIP(host) === 0 && { servername: host }),
    ...(caCertificate && { ca: caCertificate }),
  })
  const describe = (error: Error) => new LdapFailure('tls_failed', error.message, { cause: error })
  return await ready(secure, { event: 'secureConnect', timeoutMs, describe })
}

interface Wait {
  readonly event: 'connect' | 'secureConnect'
  readonly timeoutMs: number
  describe(error: Error): LdapFailure
}

async function ready<S extends Socket>(socket: S, { event, timeoutMs, describe }: Wait): Promise<S> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const onError = (error: Error) => reject(describe(error))
  const onClose = () => reject(describe(new Error('the other end closed the connection')))
  const onTimeout = () => reject(new LdapFailure('timed_out', 'no connection in time'))
  const timer = setTimeout(onTimeout, timeoutMs)
  socket.once(event, resolve).once('error', onError).once('close', onClose)
  try {
    await promise
    socket.off('error', onError).off('close', onClose)
    return socket
  } catch (error) {
    // What it still has to say after this is nobody's business; unheard it would end the process.
    socket.on('error', () => undefined).destroy()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

function addressOf(url: string): { host: string; port: number } {
  const { hostname, port, protocol } = new URL(url)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? (PORTS[protocol] ?? 389) : Number(port) }
}

function toUnreachable(error: Error & { readonly code?: string }, host: string, port: number): LdapFailure {
  return new LdapFailure('unreachable', inWords(error.code ?? '', host, port) ?? error.message, { cause: error })
}

function inWords(code: string, host: string, port: number): string | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return `nothing listens on port ${port} of ${host}`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `no address is known for the host ${host}`
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `there is no way to the host ${host}`
    default:
      return undefined
  }
}
