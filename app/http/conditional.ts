import { Problem } from "#app/http/problem.ts";

/** One list member with its trailing comma: `"7"`, `W/"7"` or empty (RFC 9110, sections 5.6.1.2 and 8.8.3). */
const MEMBER = /[ \t]*(?:(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*)?(?:,|$)/gy;

/** A strong entity tag: a version has exactly one representation. */
export function entityTag(version: number | string): string {
  return `"${version}"`;
}

const VERSION = /^([1-9]\d{0,8})$/;

/**
 * The versions that If-Match allows (RFC 9110, section 13.1.1); `undefined` when it is absent or `*`.
 * Weak tags never match. `version` is a pattern that captures the version number of a tag.
 */
export function ifMatch(request: Request, version = VERSION): number[] | undefined {
  const header = request.headers.get("If-Match")?.trim();
  if (header === undefined || header === "*") return undefined;
  const tags = entityTags(header, "If-Match").filter(({ weak }) => !weak);
  return tags.flatMap(({ tag }) => version.exec(tag)?.[1] ?? []).map(Number);
}

/**
 * Whether If-Match and If-None-Match allow a write to what has this version, or `undefined` if there is nothing yet (RFC 9110,
 * section 13.1).
 */
export function precondition(request: Request): (version: number | undefined) => boolean {
  const isAny = request.headers.get("If-Match")?.trim() === "*";
  const versions = ifMatch(request);
  const mustDiffer = request.headers.has("If-None-Match");
  // Throws for a malformed header before anything is read.
  isNotModified(request, "");
  return (version) => {
    if (version === undefined) return !isAny && versions === undefined;
    if (versions && !versions.includes(version)) return false;
    return !mustDiffer || !isNotModified(request, version);
  };
}

/** Whether If-None-Match lists this version, by weak comparison (RFC 9110, section 13.1.2). */
export function isNotModified(request: Request, version: number | string): boolean {
  const header = request.headers.get("If-None-Match")?.trim();
  if (header === undefined) return false;
  return header === "*" || entityTags(header, "If-None-Match").some(({ tag }) => tag === String(version));
}

function entityTags(header: string, name: string): { weak: boolean; tag: string }[] {
  const members = [...header.matchAll(MEMBER)];
  const tags = members.flatMap(([, weak, tag]) => (tag === undefined ? [] : [{ weak: weak !== undefined, tag }]));
  const isComplete = members.map(([text]) => text).join("") === header;
  if (isComplete && tags.length > 0) return tags;
  throw new Problem("malformed_request", { detail: `${name} is not a list of entity tags` });
}
