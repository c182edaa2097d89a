import { createHash } from "node:crypto";
import { mapped } from "#app/io/yielding.ts";

/**
 * An id that follows from a text: what has no id of its own is known again by what it says.
 * A UUID of version 8 (RFC 9562, section 5.8), which leaves its bits to us.
 */
export function derivedId(text: string): string {
  const bytes = createHash("sha256").update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Gives whatever has no id one of its own, by what it says; what says the same again is another one. */
export async function identified<T extends { id?: string | undefined }>(values: T[]): Promise<(T & { id: string })[]> {
  const seen = new Map<string, number>();
  return mapped(values, (value) => {
    if (value.id !== undefined) return { ...value, id: value.id };
    const text = JSON.stringify(value);
    const times = seen.get(text) ?? 0;
    seen.set(text, times + 1);
    return { ...value, id: derivedId(`${times} ${text}`) };
  });
}
