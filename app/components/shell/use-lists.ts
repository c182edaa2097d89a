import { useRouteLoaderData } from "react-router";
import type { loader } from "#app/routes/signed-in.tsx";

/** The person's lists, which the frame around every signed-in page has loaded. */
export function useLists() {
  return useRouteLoaderData<typeof loader>("routes/signed-in")?.lists ?? [];
}
