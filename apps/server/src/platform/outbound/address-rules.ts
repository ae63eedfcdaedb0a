import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** Where connections that a request causes may go: anywhere but to the machine itself and its surroundings, or anywhere. */
export type Reach = 'network' | 'anywhere'

/**
 * True for addresses that only this machine, its link or its cloud know as something else than a neighbour: loopback,
 * unspecified, link-local (and there, metadata services), multicast, reserved. Private networks (RFC 1918, RFC 4193) are where
 * databases live.
 */
export function isRefused(address: string): boolean {
  const [bare = ''] = address.split('%', 1)
  if (isIPv4(bare)) return REFUSED.check(bare, 'ipv4')
  if (!isIPv6(bare)) return true
  const embedded = embeddedIpv4(bare)
  if (embedded !== undefined) return REFUSED.check(embedded, 'ipv4')
  return REFUSED.check(bare, 'ipv6')
}

const REFUSED = new BlockList()
// IANA's special-purpose registries (RFC 6890): what is of this machine, this link, everybody, or nobody.
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  REFUSED.addSubnet(network, prefix, 'ipv4')
}
for (const [network, prefix] of [
  ['::', 127],
  ['fe80::', 10],
  // Site-local, deprecated (RFC 3879) and still routed by some.
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  REFUSED.addSubnet(network, prefix, 'ipv6')
}
// NAT64 for local use (RFC 8215): where in it the IPv4 address is, is the network's own affair.
REFUSED.addSubnet('64:ff9b:1::', 48, 'ipv6')
// Metadata services that are not link-local: of Alibaba Cloud, Azure (WireServer), and over IPv6 of AWS, Google Cloud and Oracle.
REFUSED.addAddress('100.100.100.200', 'ipv4')
REFUSED.addAddress('168.63.129.16', 'ipv4')
REFUSED.addSubnet('fd00:ec2::', 32, 'ipv6')
REFUSED.addAddress('fd20:ce::254', 'ipv6')
REFUSED.addSubnet('fd00:c1::', 32, 'ipv6')

/** The IPv4 address that a packet to this IPv6 address ends up at, if it does. */
function embeddedIpv4(address: string): string | undefined {
  const groups = groupsOf(address)
  const [first = 0, second = 0, third = 0] = groups
  const startsWith = (...expected: readonly number[]) => expected.every((group, index) => groups[index] === group)
  // RFC 4291, 2.5.5.2 (mapped) and 2.5.5.1 (compatible; `::` and `::1` are not), RFC 2765 (translated), RFC 6052 (NAT64).
  const isInLast =
    startsWith(0, 0, 0, 0, 0, 0xffff) ||
    startsWith(0, 0, 0, 0, 0xffff, 0) ||
    startsWith(0x64, 0xff9b, 0, 0, 0, 0) ||
    (startsWith(0, 0, 0, 0, 0, 0) && groups[6] !== 0)
  if (isInLast) return dotted(groups[6] ?? 0, groups[7] ?? 0)
  // RFC 3056 (6to4); RFC 4380, 4 (Teredo: the client's address, inverted).
  if (first === 0x2002) return dotted(second, third)
  if (startsWith(0x2001, 0)) return dotted(~(groups[6] ?? 0) & 0xffff, ~(groups[7] ?? 0) & 0xffff)
  return undefined
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')
}

/** The eight groups of a well-formed IPv6 address. */
function groupsOf(address: string): readonly number[] {
  // The URL parser writes an IPv6 address in its one short form, without dots (WHATWG URL, 3.5).
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::')
  const parse = (text = '') => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)))
  const [before, after] = [parse(head), parse(tail)]
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after]
}
