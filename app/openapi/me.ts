import { MeJson, MePatch } from "#app/auth/me-json.ts";
import { NoQuery } from "#app/http/read.ts";
import { USER_ID } from "#app/openapi/examples.ts";
import type { Paths } from "#app/openapi/operation-spec.ts";

export const meRequests = { MePatch };
export const meResponses = { Me: MeJson };

const me = {
  id: USER_ID,
  name: "Robin",
  timezone: "Europe/Lisbon",
  scopes: ["tasks:read", "tasks:write"],
  token_expires_at: "2026-11-21T09:15:00.000Z",
  limits: { reads_per_minute: 600, writes_per_minute: 120, tasks: 100_000, lists: 1_000, text_bytes: 200_000_000 },
  settings: { week_start: 1, clock: "24", theme: "system", capture_language: "en", date_order: null },
};

export const mePaths: Paths = {
  "/api/me": {
    get: {
      id: "getMe",
      tag: "Access",
      summary: "Whose token this is, and what it may do",
      needs: "tasks:read",
      query: { schema: NoQuery },
      responses: { 200: { description: "The user and the token.", schema: "Me", example: me } },
    },
    patch: {
      id: "changeMe",
      tag: "Access",
      summary: "Change the name, the time zone and the settings",
      description: "JSON Merge Patch (RFC 7396), as for a task: null sets a setting to its default.",
      needs: "tasks:write",
      body: {
        schema: "MePatch",
        example: { settings: { week_start: 7 } },
        types: ["application/merge-patch+json", "application/json"],
      },
      responses: {
        200: {
          description: "The user as it is now.",
          schema: "Me",
          example: { ...me, settings: { ...me.settings, week_start: 7 } },
        },
      },
    },
  },
};
