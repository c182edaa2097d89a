import { redirect } from "react-router";

/** The address of Redoc in version 0.1, which our own page has replaced. */
export function loader() {
  return redirect("/api/docs", 308);
}
