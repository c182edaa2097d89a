export interface Result {
  state: "ok" | "warn" | "fail";
  /** One line, with the way out if there is something to do. */
  text: string;
}

export const ok = (text: string): Result => ({ state: "ok", text });
export const warn = (text: string): Result => ({ state: "warn", text });
export const fail = (text: string): Result => ({ state: "fail", text });

/** The message of the first error, where several addresses of a host failed. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
