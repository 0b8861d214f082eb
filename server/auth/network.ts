/** Whose misses are counted together. */
import { isIPv6 } from 'node:net'

/** The network to count by: an IPv4 address, or the /64 of an IPv6 address, since one customer has all of it. */
export function networkOf(address: string): string {
  const v4 = /^::ffff:([\d.]+)$/i.exec(address)
  if (v4 !== null) return v4[1]!
  if (!isIPv6(address)) return address
  const [head, tail] = address.split('::')
  const groups = head!.split(':').filter((g) => g !== '')
  if (tail !== undefined) {
    const rest = tail.split(':').filter((g) => g !== '')
    while (groups.length + rest.length < 8) groups.push('0')
    groups.push(...rest)
  }
  return groups.slice(0, 4).join(':').toLowerCase()
}
