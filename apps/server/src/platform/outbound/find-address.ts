import { lookup } from 'node:dns/promises'
import { isRefused, type Reach } from './address-rules.ts'

/** Why there is no address to connect to. */
export class NoAddress extends Error {
  override readonly name = 'NoAddress'
  readonly reason: 'unknown_host' | 'refused'

  constructor(reason: NoAddress['reason']) {
    super(reason === 'refused' ? 'The host has an address that is not to be reached.' : 'The host has no address.')
    this.reason = reason
  }
}

/**
 * The addresses of a host, looked up once: connect to one of these and never to the name, which may have another by then. One
 * that is refused refuses them all. @throws {NoAddress}
 */
export async function findAddresses(host: string, reach: Reach): Promise<readonly string[]> {
  const found = await lookup(host, { all: true }).catch(() => {
    throw new NoAddress('unknown_host')
  })
  const addresses = found.map(({ address }) => address)
  if (addresses.length === 0) throw new NoAddress('unknown_host')
  if (reach === 'network' && addresses.some(isRefused)) throw new NoAddress('refused')
  return addresses
}
