import { randomUUIDv7 } from "node:crypto";
import { Outlet, redirect, useMatches } from "react-router";
import { requireSession } from "#app/auth/session.server.ts";
import { CaptureBox, HAS_CAPTURE_BOX } from "#app/components/capture/capture-box.tsx";
import { usePalette } from "#app/components/palette/use-palette.tsx";
import { SelectionBar } from "#app/components/selection/selection-bar.tsx";
import { LoadingBar } from "#app/components/shell/loading-bar.tsx";
import { Shell } from "#app/components/shell/shell.tsx";
import { useShortcuts } from "#app/components/shell/shortcuts.ts";
import { ShortcutsDialog } from "#app/components/shell/shortcuts-dialog.tsx";
import { Toast } from "#app/components/shell/toast.tsx";
import { UnsavedGuard } from "#app/components/shell/unsaved-guard.tsx";
import { useDeletedTaskNotice } from "#app/components/shell/use-deleted-task-notice.ts";
import { useFocusRestore } from "#app/components/shell/use-focus-restore.ts";
import { useKeepCurrent } from "#app/components/shell/use-keep-current.ts";
import { withFlash } from "#app/components/ui/flash.ts";
import type { LayoutData } from "#app/components/ui/layout-data.ts";
import { userContext } from "#app/context.ts";
import { limitPageWrites } from "#app/http/page-writes.server.ts";
import { sideBarOf } from "#app/lists/side-bar.server.ts";
import { offlineGuard } from "#app/pages/offline-guard.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";
import { nextDayOr, userNowAt } from "#app/time.ts";
import type { Route } from "./+types/signed-in";

export const middleware: Route.MiddlewareFunction[] = [requireSession, limitPageWrites];
export const clientMiddleware: Route.ClientMiddlewareFunction[] = [offlineGuard];

/** Its existence also makes the middleware run on client-side navigations. */
export async function loader({ context, request, url }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const edited = url.searchParams.get("edit");
  const isEditedTaskDeleted = edited !== null && !(await tasksOf(user).find(edited));
  // Not for `fetch`: with scripts, the task's editor may be open with unsaved values.
  if (isEditedTaskDeleted && request.headers.get("Sec-Fetch-Dest") !== "empty") throw redirect(withFlash(url, "gone"));
  const userNow = userNowAt(Temporal.Now.instant(), user.timezone);
  const { lists, counts, nextDue } = await sideBarOf(user, userNow);
  return {
    userId: user.id,
    isEditedTaskDeleted,
    name: user.name,
    theme: user.theme,
    today: userNow.today.toString(),
    // A task is not overdue yet in the millisecond in which it is due.
    changesIn: nextDayOr(nextDue, userNow).epochMilliseconds - userNow.now.epochMilliseconds + 1,
    weekStart: user.weekStart,
    clock: user.clock,
    newTaskId: randomUUIDv7(),
    counts,
    lists,
  } satisfies LayoutData;
}

/** Keeps private pages out of every cache: a proxy's, and the browser's back button after logging out. */
export function headers() {
  return { "Cache-Control": "private, no-store" };
}

export default function SignedIn({ loaderData }: Route.ComponentProps) {
  const { isEditedTaskDeleted, name, lists, counts } = loaderData;
  useKeepCurrent(loaderData);
  useFocusRestore();
  useDeletedTaskNotice(isEditedTaskDeleted);
  useShortcuts();
  const { open, palette } = usePalette();
  const hasCaptureBox = useMatches().some(({ handle }) => handle === HAS_CAPTURE_BOX);
  return (
    <Shell name={name} lists={lists} counts={counts} onSearch={open}>
      {!hasCaptureBox && <CaptureBox isQuiet />}
      <Outlet />
      <SelectionBar />
      <UnsavedGuard />
      <Toast />
      <LoadingBar />
      <ShortcutsDialog />
      {palette}
    </Shell>
  );
}
