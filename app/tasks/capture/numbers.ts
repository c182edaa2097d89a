import { map, oneOf, type Parser, remembered, token, word } from "#app/tasks/capture/parsers.ts";

/** 1 to 999, in digits or as a word. */
export const number: Parser<number> = remembered(
  oneOf(
    digits(/^\d{1,3}$/u, 1, 999),
    map(word("number"), ({ n }) => n),
  ),
);

/** "27", "27th", "27." */
export const dayNumber: Parser<number> = digits(/^(\d{1,2})(?:st|nd|rd|th|e|er|º|ª|°)?$/u, 1, 31);

/** "27th", and "27." in a language that writes it so. */
export const numeral: Parser<number> = token(({ key, trail }, { dottedOrdinals }) => {
  const suffixed = /^(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|e)$/u.exec(key);
  const value = Number(suffixed?.[1] ?? (dottedOrdinals && trail === "." && /^\d{1,2}$/u.test(key) ? key : 0));
  return value >= 1 && value <= 31 ? value : undefined;
});

export const year: Parser<number> = digits(/^(20\d\d)$/u, 2000, 2099);

export function digits(pattern: RegExp, least: number, most: number): Parser<number> {
  return token(({ key }) => {
    const match = pattern.exec(key);
    const value = Number(match?.[1] ?? match?.[0]);
    return match && value >= least && value <= most ? value : undefined;
  });
}
