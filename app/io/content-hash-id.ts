import { createHash } from "node:crypto";
import { mapYielding } from "#app/io/yielding.ts";

/** The same id for the same text: a UUID of version 8 (RFC 9562, section 5.8) from its SHA-256. */
export function contentHashId(text: string): string {
  const bytes = createHash("sha256").update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Equal values get different ids. */
export async function withContentHashIds<T extends { id?: string | undefined }>(values: T[]): Promise<(T & { id: string })[]> {
  const counts = new Map<string, number>();
  return mapYielding(values, (value) => {
    if (value.id !== undefined) return { ...value, id: value.id };
    const text = JSON.stringify(value);
    const count = counts.get(text) ?? 0;
    counts.set(text, count + 1);
    return { ...value, id: contentHashId(`${count} ${text}`) };
  });
}
