import { data } from "react-router";

/** A page of its own, so that the middleware runs and every answer is measured. */
export function loader() {
  throw data(null, 404);
}
export const action = loader;

export default function NotFound() {
  return null;
}
