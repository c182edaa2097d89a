import { map, optional, type Parser, remembered, seq, word } from "#app/tasks/capture/parsers.ts";
import type { DayPart } from "#app/tasks/capture/words/vocabulary.ts";

/**
 * What a phrase needs around it to be certain: `apart`: the start of the text or a pause behind it; `pause`: a pause behind it;
 * `end`: the end of the text, or only recognized parts behind it; `company`: a recognized time or repeat beside it.
 */
export type Needs = "nothing" | "apart" | "pause" | "end" | "company";

export interface DayPhrase {
  /** Undefined: not a day ahead ("30 Feb", a day of the past), or not a certain one ("3/4"). */
  date: Temporal.PlainDate | undefined;
  /** The day that is meant if the time of the first one has passed. */
  ifOver?: Temporal.PlainDate | undefined;
  part?: DayPart | undefined;
  time?: Temporal.PlainTime;
  needs: Needs;
  /** Only says when a repeat begins: "from 10 Dec". */
  isStart?: boolean;
  /** A week, month or year: "next week". */
  isPeriod?: boolean;
}

export interface Intro {
  /** Says that a day follows. */
  isStrong: boolean;
  isStart: boolean;
}

/** "due on", "by", "starting": in front of a day. */
export const intro: Parser<Intro> = remembered(
  map(seq(optional(word("due")), optional(word("by", "on", "starting", "from"))), ([due, other]) => ({
    isStrong: due !== undefined || other !== undefined,
    isStart: due === undefined && other?.kind === "from",
  })),
);

/** The same without "on": "by tomorrow". */
export const deadline: Parser<Intro> = remembered(
  map(seq(optional(word("due")), optional(word("by", "starting", "from"))), ([due, other]) => ({
    isStrong: due !== undefined || other !== undefined,
    isStart: due === undefined && other?.kind === "from",
  })),
);

export const partOfDay: Parser<DayPart> = map(word("part", "partOfNamed"), ({ part }) => part);

export const article = optional(word("article"));
