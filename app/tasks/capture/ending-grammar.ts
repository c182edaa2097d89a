import { calendarDate } from "#app/tasks/capture/date-grammar.ts";
import { nearDay } from "#app/tasks/capture/day-grammar.ts";
import { number } from "#app/tasks/capture/numbers.ts";
import { map, oneOf, type Parser, seq, word } from "#app/tasks/capture/parsers.ts";

/** When a repeat ends. */
export type Ending =
  | { until: Temporal.PlainDate | undefined }
  | { times: number }
  | { length: number; unit: "day" | "week" | "month" | "year" };

/** Not "times a week". */
const times: Parser<unknown> = (input, at) =>
  input.tokens[at]?.meanings.some(({ lexeme }) => lexeme.kind === "frequency") ? undefined : word("times")(input, at);

/** "until friday", "for 6 weeks", "5 times". */
export const ending: Parser<Ending> = oneOf<Ending>(
  map(seq(word("until"), oneOf(nearDay, calendarDate)), ([, { date }]) => ({ until: date })),
  map(seq(number, times), ([times]) => ({ times })),
  map(seq(word("for"), number, times), ([, times]) => ({ times })),
  map(seq(word("for"), number, word("unit")), ([, count, { n, unit = "hour" }]) =>
    unit === "hour" || unit === "minute" || unit === "quarter" ? undefined : { length: count * n, unit },
  ),
);
