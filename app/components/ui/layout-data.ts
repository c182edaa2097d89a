import { useRouteLoaderData } from "react-router";
import type { SideBar } from "#app/lists/side-bar.ts";
import type { Clock } from "#app/tasks/due-label.ts";

export interface Calendar {
  /** `YYYY-MM-DD`, in the user's time zone. */
  today: string;
  /** 1 Monday to 7 Sunday. */
  weekStart: number;
  clock: Clock;
}

/** Loaded by the layout of every signed-in page. A type of its own, so that components import nothing from routes. */
export interface LayoutData extends SideBar, Calendar {
  userId: string;
  /** Milliseconds until the user's midnight, or until a task becomes overdue. */
  changesIn: number;
  isEditedTaskDeleted: boolean;
  name: string;
  theme: "system" | "light" | "dark";
  /** Hidden in forms without scripts, so that a form sent twice creates one task. */
  newTaskId: string;
}

/** `undefined` on pages for signed-out visitors. */
export function useLayoutData(): LayoutData | undefined {
  return useRouteLoaderData("routes/signed-in");
}

export function useLists(): LayoutData["lists"] {
  return useLayoutData()?.lists ?? [];
}

export function useCalendar(): Calendar {
  const { today = "", weekStart = 1, clock = "24" } = useLayoutData() ?? {};
  return { today, weekStart, clock };
}
