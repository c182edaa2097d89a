import { redirect } from "react-router";
import { logOut } from "#app/pages/log-out.server.ts";
import type { Route } from "./+types/logout";

/** Only a form logs out, never a link. */
export function loader() {
  throw redirect("/");
}

/** Never rendered. A route with a component is a page, whose actions React Router protects against cross-origin forms. */
export default function LogOut() {
  return null;
}

export function action(args: Route.ActionArgs) {
  return logOut(args);
}
