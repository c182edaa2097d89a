import { redirect } from "react-router";
import { postToAuth } from "#app/auth/session.server.ts";
import type { Route } from "./+types/logout";

/** Only a form logs out, never a link. */
export function loader() {
  throw redirect("/");
}

/** Never rendered. A route with a component is a page, whose actions React Router protects against cross-origin forms. */
export default function LogOut() {
  return null;
}

export async function action(args: Route.ActionArgs) {
  const response = await postToAuth("/sign-out", args);
  throw redirect("/login", { headers: response.headers.getSetCookie().map((cookie) => ["Set-Cookie", cookie]) });
}
