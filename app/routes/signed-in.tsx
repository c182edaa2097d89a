import { Outlet } from "react-router";
import { requireSession } from "#app/auth/session.server.ts";
import { Shell } from "#app/components/shell.tsx";
import { userContext } from "#app/context.ts";
import type { Route } from "./+types/signed-in";

export const middleware: Route.MiddlewareFunction[] = [requireSession];

/** Also what makes the middleware run when a browser navigates inside the app. */
export function loader({ context }: Route.LoaderArgs) {
  return { name: context.get(userContext).name };
}

/** What only a signed-in person may see stays in no cache: not a proxy's, and not behind the back button after signing out. */
export function headers() {
  return { "Cache-Control": "private, no-store" };
}

export default function SignedIn({ loaderData }: Route.ComponentProps) {
  return (
    <Shell name={loaderData.name}>
      <Outlet />
    </Shell>
  );
}
