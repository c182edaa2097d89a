import type { RouterContextProvider } from "react-router";
import { changesOf } from "#app/changes/changes.server.ts";
import { userContext } from "#app/context.ts";
import { writeTransactionContext } from "#app/http/idempotency.server.ts";
import { archiveOf } from "#app/io/archive.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";

// API routes reach the repositories only through these functions, so that all writes join the request's transaction.

export function tasksFor(context: Readonly<RouterContextProvider>) {
  return tasksOf(context.get(userContext), context.get(writeTransactionContext) ?? undefined);
}

export function listsFor(context: Readonly<RouterContextProvider>) {
  return listsOf(context.get(userContext), context.get(writeTransactionContext) ?? undefined);
}

export function changesFor(context: Readonly<RouterContextProvider>) {
  return changesOf(context.get(userContext), context.get(writeTransactionContext) ?? undefined);
}

export function archiveFor(context: Readonly<RouterContextProvider>) {
  return archiveOf(context.get(userContext), context.get(writeTransactionContext) ?? undefined);
}
