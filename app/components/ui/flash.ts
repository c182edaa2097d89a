import { type FlashCode, flashText } from "#app/components/ui/flash-texts.ts";

export interface Flash {
  text: string;
  /** The number of the change that the message's button reverts. */
  change?: string | undefined;
  /** The address of what the message is about, if that is on another page. */
  show?: string | undefined;
  /** The change is an undo, so reverting it is a redo. */
  isUndo?: boolean;
  /** Stays until another message replaces it. */
  isPersistent?: boolean;
  /** The page could not be reloaded: a button tries again. */
  canRetry?: boolean;
}

/** A page of ours, so that a forged address can't lead elsewhere. */
const PAGE = /^\/(today|upcoming|inbox|trash|tasks(\?status=done)?|(lists|task)\/[\w-]+)$/;

export function flashFrom(search: URLSearchParams): Flash | undefined {
  const { did = "", change, show = "", ...values } = Object.fromEntries(search);
  const text = flashText(did, values);
  if (text === undefined) return undefined;
  const isPersistent = did === "refused" || did === "full";
  return { text, change, isUndo: did === "undone", show: PAGE.test(show) ? show : undefined, isPersistent };
}

/** Parameters that do not outlive the next action: those of the message and of the open editor. */
const TRANSIENT_PARAMS = ["did", "change", "title", "count", "value", "left", "show", "edit", "field"];

export interface FlashDetails {
  change?: number | undefined;
  /** Of the one task that was changed. */
  title?: string | undefined;
  /** Number of tasks that were changed. */
  count?: number;
  /** What the tasks got, or where they are now, in words. */
  value?: string | undefined;
  /** Number of tasks that could not be changed. */
  left?: number;
  show?: string | undefined;
}

/** The longest part of a title that a message quotes, in characters. */
const MAX_TITLE = 48;

/** The address of the same page with its editor closed and a message about the outcome. */
export function withFlash(url: URL, did: FlashCode, details: FlashDetails = {}): string {
  const search = persistentParams(url.searchParams);
  const title = details.title && shortened(details.title);
  for (const [name, value] of Object.entries({ did, ...details, title })) {
    if (value !== undefined) search.set(name, String(value));
  }
  return `${url.pathname}?${search}`;
}

/** Between words, unless a word is longer than that. */
function shortened(title: string): string {
  const characters = [...title];
  if (characters.length <= MAX_TITLE) return title;
  const cut = characters.slice(0, MAX_TITLE).join("");
  return `${cut.replace(/\s+\S*$/, "")}…`;
}

/** A link within the page: its persistent parameters with some replaced; `undefined` or `[]` removes one. */
export function withParams(search: URLSearchParams, changes: Record<string, string | string[] | undefined> = {}): string {
  const params = persistentParams(search);
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    for (const one of [value ?? []].flat()) params.append(name, one);
  }
  return params.size > 0 ? `?${params}` : ".";
}

export function withoutFlash({ pathname, searchParams }: URL): string {
  const search = persistentParams(searchParams);
  return search.size > 0 ? `${pathname}?${search}` : pathname;
}

export function persistentParams(search: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...search].filter(([name]) => !TRANSIENT_PARAMS.includes(name)));
}
