import { readiness } from "#app/http/readiness.server.ts";
import { resource } from "#app/http/resource.ts";
import { noteInRequest } from "#app/log.server.ts";

/**
 * Ready although writes fail: taking the instance out of service would end the reads too. Ready although the database is busy: the
 * other instances, which use the same one, would get this one's load.
 */
async function check(): Promise<Response> {
  const { state, isReadOnly, isBusy } = await readiness();
  if (state !== "ready") noteInRequest({ unavailable: state.replaceAll(" ", "_") });
  return new Response(`${state}\n${isReadOnly ? "writes: failing\n" : ""}${isBusy ? "database: busy\n" : ""}`, {
    status: state === "ready" ? 200 : 503,
    headers: { "Content-Type": "text/plain", "Cache-Control": "no-store" },
  });
}

export const loader = resource({ GET: check });
export const action = loader;
