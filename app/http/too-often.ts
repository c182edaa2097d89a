import { data } from "react-router";

export interface TooOften {
  /** Until the next try. */
  seconds: number;
  /** Of the form that was refused. */
  fields: [name: string, value: string][];
}

/** A 429 page, which can send the form again. */
export function tooOftenPage(details: TooOften) {
  return data(details, { status: 429, headers: { "Retry-After": String(details.seconds) } });
}

export function tooOftenText(seconds: number): string {
  return `Too many changes in a minute. Wait ${seconds} ${seconds === 1 ? "second" : "seconds"} and try again.`;
}
