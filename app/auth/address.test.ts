import { expect, test } from "vitest";
import { addressKey } from "#app/auth/address.ts";

test("IPv6 addresses of one /56 network have one key, whatever their spelling", () => {
  const key = addressKey("2001:db8:0:4200::1");
  for (const address of ["2001:db8::42ff:1:2:3:4", "2001:0DB8:0:4201::", "2001:db8:0:4200:0:0:0:1"]) expect(addressKey(address)).toBe(key);
  for (const address of ["2001:db8:0:4300::1", "2001:db8:0:41ff::1", "2001:db8:1:4200::1"]) expect(addressKey(address)).not.toBe(key);
});

test("an IPv4 address is its own key, also mapped to IPv6", () => {
  for (const address of ["192.0.2.1", "::ffff:192.0.2.1"]) expect(addressKey(address)).toBe("192.0.2.1");
});

test("what is no address has a key too", () => {
  for (const address of ["", "garbage"]) expect(addressKey(address)).toBe(address);
});
