import type { Connective, DayPart, Unit, Vocabulary } from "#app/tasks/capture/words/vocabulary.ts";

/** One meaning of a word or phrase. */
export interface Lexeme {
  kind: "weekday" | "weekly" | "month" | "number" | "ordinal" | "day" | "part" | "partOfNamed" | "unit" | "shortUnit" | "adverb" | Phrase;
  /** A weekday or month from 1, a number, days from today, units that the word stands for. */
  n: number;
  part?: DayPart;
  unit?: Unit;
  /** Is also another word. */
  isWeak: boolean;
  /** Needs a word such as "on" in front. */
  isAmbiguous: boolean;
  /** Is written with a capital anywhere. */
  isProper: boolean;
  words: string[];
}

type Phrase =
  | "weekAfterNext"
  | "endOfMonth"
  | "endOfYear"
  | "name"
  | "joining"
  | "pausing"
  | "naming"
  | "planning"
  | "meeting"
  | "definite"
  | Connective;

/** For comparisons: without case, accents and typographic apostrophes. */
export function wordKey(word: string): string {
  return word.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’ʼ]/gu, "'").toLowerCase();
}

const UNITS_OF_ADVERB = {
  day: ["day", 1],
  week: ["week", 1],
  fortnight: ["week", 2],
  month: ["month", 1],
  quarter: ["month", 3],
  year: ["year", 1],
} as const;

export function lexemesOf(vocabulary: Vocabulary): Lexeme[] {
  const weak = new Set(split(vocabulary.weak).map(wordKey));
  const ambiguous = new Set(split(vocabulary.ambiguous).map(wordKey));
  function add(kind: Lexeme["kind"], text: string | undefined, n = 0, more: Partial<Lexeme> = {}): Lexeme[] {
    return split(text).map((phrase) => {
      const key = wordKey(phrase);
      return {
        kind,
        n,
        isWeak: weak.has(key),
        isAmbiguous: ambiguous.has(key),
        isProper: isProper(kind, vocabulary),
        words: key.split(" "),
        ...more,
      };
    });
  }
  const numbered = (kind: Lexeme["kind"], texts: readonly string[] = [], first = 1) =>
    texts.flatMap((text, i) => add(kind, text, i + first));
  const parts = (kind: Lexeme["kind"], texts: Partial<Record<DayPart, string>> = {}) =>
    entries(texts).flatMap(([part, text]) => add(kind, text, 0, { part }));
  const units = (kind: Lexeme["kind"], texts: Partial<Record<Unit, string>> = {}) =>
    entries(texts).flatMap(([unit, text]) => add(kind, text, unit === "quarter" ? 3 : 1, { unit: unit === "quarter" ? "month" : unit }));
  return [
    ...numbered("weekday", vocabulary.weekdays),
    ...numbered("weekly", vocabulary.weeklyWeekdays),
    ...numbered("month", vocabulary.months),
    ...numbered("number", vocabulary.numbers),
    ...numbered("ordinal", vocabulary.ordinals),
    ...add("ordinal", vocabulary.last, -1),
    ...numbered("day", vocabulary.days, 0),
    ...parts("part", vocabulary.parts),
    ...parts("day", vocabulary.partsOfToday),
    ...parts("partOfNamed", vocabulary.partsOfNamed),
    ...compounds(vocabulary, add),
    ...units("unit", vocabulary.units),
    ...units("shortUnit", vocabulary.shortUnits),
    ...add("unit", vocabulary.fortnight, 2, { unit: "week" }),
    ...entries(vocabulary.adverbs).flatMap(([name, text]) =>
      add("adverb", text, UNITS_OF_ADVERB[name][1], { unit: UNITS_OF_ADVERB[name][0] }),
    ),
    ...add("weekAfterNext", vocabulary.weekAfterNext),
    ...add("endOfMonth", vocabulary.endOfMonth),
    ...add("endOfYear", vocabulary.endOfYear),
    ...add("definite", vocabulary.definite),
    ...add("name", vocabulary.names),
    ...add("joining", vocabulary.joining),
    ...add("pausing", vocabulary.pausing),
    ...add("naming", vocabulary.naming),
    ...add("planning", vocabulary.planning),
    ...add("meeting", vocabulary.meeting),
    ...entries(vocabulary.connectives).flatMap(([kind, text]) => add(kind, text)),
  ];
}

/** "Freitagabend", "morgenochtend". */
function compounds(
  vocabulary: Vocabulary,
  add: (kind: "weekday" | "day", text: string, n: number, more: Partial<Lexeme>) => Lexeme[],
): Lexeme[] {
  if (!vocabulary.joinsParts) return [];
  const stems = [
    ...vocabulary.weekdays.flatMap((text, i) =>
      split(text)
        .filter((name) => name.length > 3)
        .map((name) => ["weekday", name, i + 1] as const),
    ),
    ...split(vocabulary.days[1]).map((name) => ["day", name, 1] as const),
  ];
  return entries(vocabulary.parts).flatMap(([part, text]) =>
    stems.flatMap(([kind, stem, n]) => split(text).flatMap((name) => add(kind, stem + name, n, { part, isWeak: false }))),
  );
}

const NOUNS: Lexeme["kind"][] = ["part", "unit", "weekend", "weekends", "workday", "workdays", "hourMark", "noon", "day", "partOfNamed"];
const PERIODS: Lexeme["kind"][] = ["startOf", "middleOf", "endOf", "endOfMonth", "endOfYear", "weekAfterNext"];

function isProper(kind: Lexeme["kind"], { capitals }: Vocabulary): boolean {
  const isDate = kind === "weekday" || kind === "weekly" || kind === "month";
  return (capitals !== undefined && isDate) || (capitals === "nouns" && [...NOUNS, ...PERIODS].includes(kind));
}

function split(text = ""): string[] {
  return text === "" ? [] : text.split("|");
}

function entries<Key extends string, Value>(record: Partial<Record<Key, Value>>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][];
}
