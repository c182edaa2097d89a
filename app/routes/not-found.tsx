import { data } from "react-router";

/** A route of its own, so that middleware runs and the response is counted in the metrics. */
export function loader() {
  throw data(null, 404);
}
export const action = loader;

export default function NotFound() {
  return null;
}
