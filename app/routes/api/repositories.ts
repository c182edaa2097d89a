import type { RouterContextProvider } from "react-router";
import { changesOf } from "#app/changes/changes.server.ts";
import { userContext, writeTransactionContext } from "#app/context.ts";
import { archiveOf } from "#app/io/archive.server.ts";
import { listsOf } from "#app/lists/lists.server.ts";
import { tasksOf } from "#app/tasks/store/tasks.server.ts";

// The only way from a route of the API to the repositories: so none forgets the transaction that the request's writes are part of.

/** The tasks of whoever asks. */
export function tasksFor(context: Readonly<RouterContextProvider>) {
  return tasksOf(context.get(userContext), context.get(writeTransactionContext) ?? undefined);
}

/** The lists of whoever asks. */
export function listsFor(context: Readonly<RouterContextProvider>) {
  return listsOf(context.get(userContext), context.get(writeTransactionContext) ?? undefined);
}

/** The changes of whoever asks. */
export function changesFor(context: Readonly<RouterContextProvider>) {
  return changesOf(context.get(userContext), context.get(writeTransactionContext) ?? undefined);
}

/** All that belongs to whoever asks. */
export function archiveFor(context: Readonly<RouterContextProvider>) {
  return archiveOf(context.get(userContext), context.get(writeTransactionContext) ?? undefined);
}
