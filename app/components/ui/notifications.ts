import { useSyncExternalStore } from "react";
import type { Flash } from "#app/components/ui/flash.ts";
import type { FieldErrors } from "#app/http/form.ts";

/** A form for a new task that was rejected, or that never reached the server. */
interface FailedNewTask {
  form: FormData;
  errors: FieldErrors | undefined;
}

interface Notifications {
  /** `null`: dismissed. `undefined`: none so far, so the address may still carry one. */
  message: Flash | null | undefined;
  failedNewTask: FailedNewTask | undefined;
  /** Changes with every message, so that the same text twice is announced twice. */
  count: number;
}

const NONE: Notifications = { message: undefined, failedNewTask: undefined, count: 0 };

/** The outcomes of forms that scripts sent. They are kept out of the address, so that a reload repeats none of them. */
let current = NONE;
const subscribers = new Set<() => void>();

export function notify(message: Flash): void {
  update({ message, count: current.count + 1 });
}

export function dismissAny(): void {
  update({ message: null, count: current.count + 1 });
}

/** Dismisses a message if it is still the latest one. */
export function dismiss(message: Flash): void {
  if (current.message === message) dismissAny();
}

/** The form that sent these values restores them, then sets `undefined`. */
export function setFailedNewTask(failedNewTask: FailedNewTask | undefined): void {
  update({ failedNewTask });
}

/** Ignored without subscribers: an outcome that arrives after logging out is not shown to the next user. */
function update(changes: Partial<Notifications>): void {
  if (!hasSubscribers()) return;
  current = { ...current, ...changes };
  for (const onChange of subscribers) onChange();
}

/** Whether a page is mounted that shows notifications. */
export function hasSubscribers(): boolean {
  return subscribers.size > 0;
}

export function useNotifications(): Notifications {
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => NONE,
  );
}

function subscribe(onChange: () => void): () => void {
  subscribers.add(onChange);
  return () => {
    subscribers.delete(onChange);
    if (subscribers.size === 0) current = NONE;
  };
}
