import { useRouteLoaderData } from "react-router";
import type { loader } from "#app/routes/signed-in.tsx";

/** What the person has set, which the frame around every signed-in page has loaded. */
export function useSettings(): { weekStart: number } {
  return { weekStart: useRouteLoaderData<typeof loader>("routes/signed-in")?.weekStart ?? 1 };
}
