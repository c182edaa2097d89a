import { requireBearerToken } from "#app/auth/bearer-guard.server.ts";

export const middleware = [requireBearerToken];
