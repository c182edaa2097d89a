import { z } from "zod";
import type { List } from "#app/lists/list.ts";
import { LIST_COLORS } from "#app/lists/list.ts";

const Instant = z.iso.datetime().meta({ description: "UTC, with milliseconds." });

/** A list on the wire, as every answer has it. */
export const ListJson = z.strictObject({
  id: z.uuid().meta({ description: "UUIDv7, permanent, opaque." }),
  name: z.string().meta({ minLength: 1, maxLength: 100 }),
  color: z.enum(LIST_COLORS).nullable(),
  rank: z.string().meta({ description: "Lists in hand order are in byte order of this." }),
  open_count: z.int().min(0).meta({ description: "Open tasks in it. When only this changes, the list does not count as changed." }),
  created_at: Instant,
  updated_at: Instant,
  version: z.int().min(1).meta({ description: "One more with every change." }),
});

/** The only place that knows both spellings. */
export function listJson(list: List): z.output<typeof ListJson> {
  return {
    id: list.id,
    name: list.name,
    color: list.color,
    rank: list.rank,
    open_count: list.openCount,
    created_at: list.createdAt,
    updated_at: list.updatedAt,
    version: list.version,
  };
}
