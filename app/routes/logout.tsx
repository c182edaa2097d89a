import { redirect } from "react-router";
import { postToAuth } from "#app/auth/session.server.ts";
import type { Route } from "./+types/logout";

/** Signing out is a form's work: following a link must not do it. */
export function loader() {
  throw redirect("/");
}

/** Never seen. With it this is a page, and React Router refuses forms that come from elsewhere. */
export default function LogOut() {
  return null;
}

export async function action(args: Route.ActionArgs) {
  const answer = await postToAuth("/sign-out", args);
  throw redirect("/login", { headers: answer.headers.getSetCookie().map((cookie) => ["Set-Cookie", cookie]) });
}
