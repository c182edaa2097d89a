import { expect, test } from "vitest";
import { securityHeaders } from "#app/server/security-headers.ts";

test("scripts run only from our own files or with the nonce", () => {
  const policy = securityHeaders("abc", true)["Content-Security-Policy"]?.split("; ");
  expect(policy).toContain("script-src 'self' 'nonce-abc'");
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy?.join()).not.toMatch(/unsafe|\*|https?:/);
});

test("without a nonce nothing runs, loads or frames", () => {
  const policy = securityHeaders("", true)["Content-Security-Policy"]?.split("; ");
  expect(policy).toEqual(["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]);
});

test("Strict-Transport-Security is sent only over https", () => {
  expect(securityHeaders("abc", true)).toHaveProperty("Strict-Transport-Security");
  expect(securityHeaders("abc", false)).not.toHaveProperty("Strict-Transport-Security");
});

test("the other security headers are set", () => {
  expect(securityHeaders("abc", false)).toMatchObject({
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": expect.stringContaining("camera=()"),
  });
});
