import { type RouterContextProvider, redirect } from "react-router";
import { postToAuth } from "#app/auth/session.server.ts";

/** Ends the session of the request's cookie, if any. The response also empties the browser's cache of what the user saw. */
export async function logOut(args: { request: Request; context: Readonly<RouterContextProvider> }): Promise<Response> {
  const response = await postToAuth("/sign-out", args);
  const cookies = response.headers.getSetCookie().map((cookie): [string, string] => ["Set-Cookie", cookie]);
  // Not "storage": drafts that could not be sent yet are there.
  return redirect("/login", { headers: [...cookies, ["Clear-Site-Data", '"cache"']] });
}
