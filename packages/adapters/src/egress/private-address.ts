import { BlockList, isIP } from 'node:net'

// Two, because one list judges an IPv4 address by the rules for IPv6 as well.
const closed = { ipv4: new BlockList(), ipv6: new BlockList() }
const v4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
/** Only 2000::/3 is public, and of it not what carries an IPv4 address inside, stands in documents or belongs to protocols. */
const v6: readonly (readonly [string, number])[] = [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]
for (const [net, prefix] of v4) closed.ipv4.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of v6) closed.ipv6.addSubnet(net, prefix, 'ipv6')

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** Is this an address of the machine itself, of a private network, or of no network at all? What is no address counts as one. */
export function isPrivateAddress(address: string): boolean {
  const plain = mapped.exec(address)?.[1] ?? address
  const family = isIP(plain)
  if (family === 0) return true
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  return closed[kind].check(plain, kind)
}
