import type { CaptureLanguage, DateOrder } from "#app/context.ts";

export interface NamedList {
  id: string;
  name: string;
}

export interface CaptureContext {
  now: Temporal.ZonedDateTime;
  lists: readonly NamedList[];
  /** The names of existing labels. */
  labels?: readonly string[];
  /** 1 Monday to 7 Sunday. */
  weekStart?: number;
  /** Read beside English. */
  language?: CaptureLanguage;
  /** Of "3/4/2027"; null: what the language says, else only dates with one possible order are read. */
  dateOrder?: DateOrder | null;
  /** Texts of spans that the user rejected: they stay in the title. */
  rejected?: readonly string[];
}
