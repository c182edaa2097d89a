import { normalizeIP } from "@better-auth/core/utils/ip";

/** Bits: providers give a customer a whole network of this size, or of a smaller one. */
export const IPV6_SUBNET = 56;

/** The key under which a client address is counted: all IPv6 addresses of a /56 network have the same one. */
export function addressKey(address: string): string {
  return normalizeIP(address, { ipv6Subnet: IPV6_SUBNET });
}
