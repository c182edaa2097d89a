import { Problem } from "#app/http/problem.ts";

/** A member of a list of entity tags, with the comma that ends it: `"7"`, `W/"7"` or nothing (RFC 9110, sections 5.6.1.2 and 8.8.3). */
const MEMBER = /[ \t]*(?:(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*)?(?:,|$)/gy;

/** The version as an entity tag: strong, for a task at a version has one representation. */
export function entityTag(version: number | string): string {
  return `"${version}"`;
}

const VERSION = /^([1-9]\d{0,8})$/;

/**
 * The versions that If-Match allows (RFC 9110, section 13.1.1); `undefined` when it is absent or `*`.
 * A weak tag never matches. `version` captures the version in a tag that says more.
 */
export function ifMatch(request: Request, version = VERSION): number[] | undefined {
  const header = request.headers.get("If-Match")?.trim();
  if (header === undefined || header === "*") return undefined;
  const tags = entityTags(header, "If-Match").filter(({ weak }) => !weak);
  return tags.flatMap(({ tag }) => version.exec(tag)?.[1] ?? []).map(Number);
}

/** Whether If-None-Match names this version (RFC 9110, section 13.1.2: a weak comparison). */
export function isNotModified(request: Request, version: number | string): boolean {
  const header = request.headers.get("If-None-Match")?.trim();
  if (header === undefined) return false;
  return header === "*" || entityTags(header, "If-None-Match").some(({ tag }) => tag === String(version));
}

function entityTags(header: string, name: string): { weak: boolean; tag: string }[] {
  const members = [...header.matchAll(MEMBER)];
  const tags = members.flatMap(([, weak, tag]) => (tag === undefined ? [] : [{ weak: weak !== undefined, tag }]));
  const isWhole = members.map(([text]) => text).join("") === header;
  if (isWhole && tags.length > 0) return tags;
  throw new Problem("malformed_request", { detail: `${name} is not a list of entity tags` });
}
