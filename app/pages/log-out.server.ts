import { type RouterContextProvider, redirect } from "react-router";
import { postToAuth } from "#app/auth/session.server.ts";

/** Ends the session of the request's cookie, if any. */
export async function logOut(args: { request: Request; context: Readonly<RouterContextProvider> }): Promise<Response> {
  const response = await postToAuth("/sign-out", args);
  const headers = [...response.headers].filter(([name]) => name === "set-cookie" || name === "clear-site-data");
  return redirect("/login", { headers });
}
