import { normalizeIP } from "@better-auth/core/utils/ip";

/** Bits: providers give a customer a whole network of this size, or of a smaller one. */
export const IPV6_SUBNET = 56;

/** What to count requests of a client address by: IPv6 addresses of one network count as one. */
export function addressKey(address: string): string {
  return normalizeIP(address, { ipv6Subnet: IPV6_SUBNET });
}
