import { queryInteger } from "#app/http/query-value.ts";

const DEFAULT = 50;

export const PageLimit = queryInteger(1, 200).default(DEFAULT).describe(`How many at most. Default: ${DEFAULT}.`);
