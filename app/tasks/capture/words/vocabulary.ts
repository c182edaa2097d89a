export type DayPart = "morning" | "afternoon" | "evening" | "night";
export type Unit = "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year";

/** The kinds of words that have no value of their own. The English words are examples. */
export const CONNECTIVES = [
  "every", // each
  "completionEvery", // counted from completion where there is no "every!"
  "next", // before its noun
  "following", // next, after its noun: lundi prochain
  "this",
  "on", // in front of a day
  "article", // in front of a date or a period, where the language has one
  "by", // due by
  "due",
  "at", // in front of a clock time
  "of",
  "in", // in 3 days
  "fromNow", // 3 days from now
  "after", // a week from friday
  "and",
  "or", // begins another choice, or the end of a range
  "through", // mon-fri
  "starting",
  "from", // starts a repeat, elsewhere a range
  "until",
  "for", // for 6 weeks
  "times", // 5 times
  "endOf",
  "middleOf",
  "startOf",
  "endOfDay",
  "weekend",
  "weekends",
  "workday",
  "workdays",
  "alternate", // every other
  "alternating", // the same after its noun: un vendredi sur deux
  "noon",
  "half", // half an hour
  "halfPast",
  "quarterPast",
  "quarterTo",
  "oclock",
  "hourMark", // says that an hour is one of 24: 9 Uhr
  "blocker", // except, later: words that change the meaning of a date beside them
  "frequency", // twice a
] as const;
export type Connective = (typeof CONNECTIVES)[number];

/**
 * The words of one language. A text lists words with "|" between them; a word may be a phrase. Upper and lower case and accents
 * make no difference.
 */
export interface Vocabulary {
  /** Monday first. */
  weekdays: readonly string[];
  /** Words for a weekday every week ("mondays"), Monday first. */
  weeklyWeekdays?: readonly string[];
  months: readonly string[];
  /** From 1 on. */
  numbers: readonly string[];
  /** From first on. */
  ordinals: readonly string[];
  last: string;
  /** Today, tomorrow, the day after tomorrow. */
  days: readonly string[];
  parts: Record<DayPart, string>;
  /** Parts of today ("tonight"), and of a named day or hour ("in the morning"). */
  partsOfToday: Partial<Record<DayPart, string>>;
  partsOfNamed?: Partial<Record<DayPart, string>>;
  units: Partial<Record<Unit, string>>;
  /** Units of one letter or so, directly after a number: "3d". */
  shortUnits?: Partial<Record<Unit, string>>;
  fortnight?: string;
  /** "daily". */
  adverbs: Partial<Record<"day" | "week" | "fortnight" | "month" | "quarter" | "year", string>>;
  /** Whole phrases: "week after next", "end of month", "end of year". */
  weekAfterNext?: string;
  endOfMonth?: string;
  endOfYear?: string;
  /** In front of a date only: "the 3rd of January". */
  definite?: string;
  connectives: Partial<Record<Connective, string>>;
  /** Of the words above, those that are also other words: they need more around them. */
  weak: string;
  /** Weekdays that are more often another word: not even the end of a line makes them one. */
  ambiguous?: string;
  /** A word in front of a date that makes it a part of the sentence: "for monday". */
  joining: string;
  /** A word behind a date that begins another phrase: "friday with Ann". */
  pausing: string;
  /** Names that contain dates: "friday the 13th". */
  names?: string;
  /** An adjective in front of a weekday that makes it a name: "black friday". */
  naming?: string;
  /** A word in front of a period that makes it the object: "plan next week". */
  planning?: string;
  /** A verb in front of a person's name: "call Ann friday". */
  meeting?: string;
  /** "Freitagabend" is Freitag and Abend. */
  joinsParts?: true;
  /** The letter between hours and minutes: "9h30". */
  hourLetter?: string;
  /** Weekdays and months have a capital; or every noun has. Otherwise a capital makes a word a name. */
  capitals?: "dates" | "nouns";
  dateOrder?: "dmy";
  /** "17." is the 17th. */
  dottedOrdinals?: true;
}
