import { useRouteLoaderData } from "react-router";
import type { Calendar } from "#app/components/task/optimistic-task.ts";
import type { SideBar } from "#app/lists/side-bar.ts";

/** Loaded by the layout of every signed-in page. A type of its own, so that components import nothing from routes. */
export interface LayoutData extends SideBar {
  isEditedTaskDeleted: boolean;
  name: string;
  theme: "system" | "light" | "dark";
  /** `YYYY-MM-DD`, in the user's time zone. */
  today: string;
  /** 1 Monday to 7 Sunday. */
  weekStart: number;
  clock: "12" | "24";
  /** Hidden in forms without scripts, so that a form sent twice creates one task. */
  newTaskId: string;
}

/** `undefined` on pages for visitors. */
export function useLayoutData(): LayoutData | undefined {
  return useRouteLoaderData("routes/signed-in");
}

export function useLists(): LayoutData["lists"] {
  return useLayoutData()?.lists ?? [];
}

/** The user's days, as the browser knows them. */
export function useCalendar(): Calendar {
  const { today = "", weekStart = 1, clock = "24" } = useLayoutData() ?? {};
  return { today, weekStart, clock };
}
