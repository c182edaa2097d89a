import { expect } from "@playwright/test";
import { call } from "./api.ts";
import type { DoableServer } from "./server.ts";

export interface Task {
  id: string;
  title: string;
  priority: number;
  due: { date: string } | null;
  rank: string;
  created_at: string;
  updated_at: string;
}

/** Follows the Link headers and calls `between` after each page but the last. */
export async function readPages(
  server: DoableServer,
  token: string,
  query: string,
  between: (seen: Task[]) => Promise<unknown> = async () => {},
) {
  const seen: Task[] = [];
  let path: string | undefined = `/api/me/tasks?${query}`;
  while (path) {
    const answer = await call(server, path, { token });
    expect(answer.status).toBe(200);
    const { items, next_cursor } = await answer.json();
    seen.push(...items);
    const next: string | undefined = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get("Link") ?? "")?.[1];
    expect(next === undefined).toBe(next_cursor === null);
    if (next) expect(new URL(next).searchParams.get("cursor")).toBe(next_cursor);
    path = next?.replace(server.env.BETTER_AUTH_URL ?? "", "");
    if (path) await between(seen);
  }
  return seen;
}

export function ids(tasks: Task[]): string[] {
  return tasks.map(({ id }) => id);
}
