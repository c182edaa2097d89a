import type { Description, Operation, Schema } from "./description.ts";
import type { DescribedRequest } from "./requests.ts";

// Every slot of a request that can hold a user's value: an id, cursor, change token, idempotency key or name.

export interface Slot {
  in: "path" | "query" | "header" | "body";
  /** The path to it in a body; elsewhere only its name. */
  way: string[];
}

export function nameOf({ way }: Slot): string {
  return way.at(-1) ?? "";
}

const BODY_NAMES = /^(id|after|before)$|_id$/;
const QUERY_NAMES = /_id$|^(cursor|since|label|q)$/;

/** All except the user's own id, which is in every path. */
export function slotsOf(description: Description, { parameters, body }: Operation): Slot[] {
  const named = parameters.filter(({ in: place, name, schema }) => {
    if (place === "path") return name !== "user_id";
    return place === "header" ? name === "Idempotency-Key" : (QUERY_NAMES.test(name) && !isFlag(schema)) || schema.format === "uuid";
  });
  const inBody = body ? [...bodySlots(description, body.schema, body.example, [])] : [];
  return [...named.map(({ in: place, name }) => ({ in: place, way: [name] })), ...inBody.map((way) => ({ in: "body" as const, way }))];
}

function* bodySlots(description: Description, schema: Schema, example: unknown, way: string[]): Generator<string[]> {
  const { properties = {}, items, anyOf = [], oneOf = [] } = description.resolve(schema);
  for (const variant of [...anyOf, ...oneOf]) if (fits(description, variant, example)) yield* bodySlots(description, variant, example, way);
  if (items && Array.isArray(example)) {
    for (const [index, value] of example.entries()) yield* bodySlots(description, items, value, [...way, String(index)]);
  }
  for (const [name, part] of Object.entries(properties)) {
    const steps = [...way, name];
    if ((BODY_NAMES.test(name) && !isFlag(part)) || holdsUuid(description, part)) yield steps;
    else yield* bodySlots(description, part, partOf(example, name), steps);
  }
}

/** Whether the constants of a union's variant match the example. */
function fits(description: Description, variant: Schema, example: unknown): boolean {
  const { properties = {} } = description.resolve(variant);
  return Object.entries(properties).every(([name, { const: only }]) => only === undefined || partOf(example, name) === only);
}

/** Such as `drop_external_id`. */
function isFlag({ type, enum: values = [] }: Schema): boolean {
  return type === "boolean" || values.includes("false");
}

function holdsUuid(description: Description, schema: Schema): boolean {
  const { format, anyOf = [] } = description.resolve(schema);
  return format === "uuid" || anyOf.some((variant) => holdsUuid(description, variant));
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** `alone` removes the sibling fields, for fields that exclude each other. */
export function withSlot(request: DescribedRequest, slot: Slot, value: string, alone = false): DescribedRequest {
  const changed = structuredClone(request);
  if (slot.in === "path") changed.path[nameOf(slot)] = value;
  else if (slot.in === "query") changed.query[nameOf(slot)] = value;
  else if (slot.in === "header") changed.headers[nameOf(slot)] = value;
  else changed.body = withPart(changed.body, slot.way, value, alone);
  return changed;
}

function withPart(body: unknown, [step = "", ...rest]: string[], value: string, alone: boolean): unknown {
  if (Array.isArray(body)) return body.map((part, index) => (String(index) === step ? withPart(part, rest, value, alone) : part));
  const object = (body ?? {}) as Record<string, unknown>;
  if (rest.length > 0) return { ...object, [step]: withPart(object[step], rest, value, alone) };
  return { ...(alone ? {} : object), [step]: value };
}
