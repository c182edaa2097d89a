import { randomUUIDv7 } from "node:crypto";
import { Outlet, redirect } from "react-router";
import { requireSession } from "#app/auth/session.server.ts";
import { after } from "#app/components/address.ts";
import { KeySheet } from "#app/components/key-sheet.tsx";
import { SelectionBar } from "#app/components/selection-bar.tsx";
import { Shell } from "#app/components/shell.tsx";
import { useShortcuts } from "#app/components/shortcuts.ts";
import { Toast } from "#app/components/toast.tsx";
import { useKeptFocus } from "#app/components/use-kept-focus.ts";
import { usePalette } from "#app/components/use-palette.tsx";
import { userContext } from "#app/context.ts";
import { sideBarOf } from "#app/lists/side-bar.server.ts";
import { tasksOf } from "#app/tasks/tasks.server.ts";
import type { Route } from "./+types/signed-in";

export const middleware: Route.MiddlewareFunction[] = [requireSession];

/** Also what makes the middleware run when a browser navigates inside the app. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const user = context.get(userContext);
  const edited = url.searchParams.get("edit");
  if (edited !== null && !(await tasksOf(user).find(edited))) throw redirect(after(url, "gone"));
  const { lists, counts } = await sideBarOf(user);
  return {
    name: user.name,
    theme: user.theme,
    weekStart: user.weekStart,
    newTaskId: randomUUIDv7(),
    counts,
    lists,
  };
}

/** What only a signed-in person may see stays in no cache: not a proxy's, and not behind the back button after signing out. */
export function headers() {
  return { "Cache-Control": "private, no-store" };
}

export default function SignedIn({ loaderData: { name, lists, counts } }: Route.ComponentProps) {
  useKeptFocus();
  useShortcuts();
  const { open, palette } = usePalette();
  return (
    <Shell name={name} lists={lists} counts={counts} onSearch={open}>
      <Outlet />
      <SelectionBar />
      <Toast />
      <KeySheet />
      {palette}
    </Shell>
  );
}
