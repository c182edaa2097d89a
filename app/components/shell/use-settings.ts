import { useRouteLoaderData } from "react-router";
import type { Calendar } from "#app/components/task/optimistic-task.ts";
import type { loader } from "#app/routes/signed-in.tsx";

/** What the frame around every signed-in page has loaded of the person's days. */
export function useSettings(): Calendar {
  const { today = "", weekStart = 1, clock = "24" } = useRouteLoaderData<typeof loader>("routes/signed-in") ?? {};
  return { today, weekStart, clock };
}
