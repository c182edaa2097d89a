import { z } from "zod";
import { LIST_COLORS, type List } from "#app/lists/list.ts";
import { ListChanges } from "#app/lists/list-input.ts";

const Instant = z.iso.datetime().meta({ description: "UTC, with milliseconds." });

export const ListJson = z.strictObject({
  id: z.uuid().meta({ description: "UUIDv7, permanent, opaque." }),
  name: z.string().meta({ minLength: 1, maxLength: 100 }),
  color: z.enum(LIST_COLORS).nullable(),
  rank: z.string().meta({ description: "Lists in manual order are in byte order of this." }),
  open_count: z.int().min(0).meta({ description: "Open tasks in it. When only this changes, the list does not count as changed." }),
  created_at: Instant,
  updated_at: Instant,
  version: z.int().min(1).meta({ description: "One more with every change." }),
});

/** Set by the server. A write may only repeat the stored value. */
export const READ_ONLY = ListJson.omit({ name: true, color: true }).keyof().options;

export const ListPatch = ListChanges.extend(
  Object.fromEntries(READ_ONLY.map((field) => [field, z.unknown().optional()])) as Record<
    (typeof READ_ONLY)[number],
    z.ZodOptional<z.ZodUnknown>
  >,
);
export type ListPatch = z.infer<typeof ListPatch>;

/** In manual order. */
export const ListPage = z.strictObject({ items: z.array(ListJson) });

export const ListRemoveQuery = z.strictObject({ tasks: z.enum(["inbox", "trash"]).default("inbox") });

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
