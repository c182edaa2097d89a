import { endsPhrase, followsDate, isPartOfSentence, type Match, opensBeforeDate, wholeWords } from "#app/tasks/capture/match.ts";

const HOURS: Record<string, string> = { morning: "09:00", afternoon: "15:00", evening: "18:00", night: "20:00" };
export const PART_OF_DAY = Object.keys(HOURS).join("|");

const EXPLICIT_TIME = wholeWords(
  String.raw`(?:due\s+)?(?:(?<at>at|by)\s+)?(?<hour>\d{1,2})(?:[:.](?<minute>[0-5]\d))?(?<space>\s?)(?<half>am|pm)|(?:due\s+)?(?:at|by)\s+(?:(?<hour24>\d{1,2}):(?<minute24>[0-5]\d)|(?<noon>noon))`,
);
const BARE_TIME = wholeWords(String.raw`(?<hour24>\d{1,2}):(?<minute24>[0-5]\d)`);

export function timeOfPart(part: string | undefined): string | undefined {
  return part && HOURS[part.toLowerCase()];
}

/** Unambiguous times: "5pm", "at 17:30", "by noon". A bare "at 5" could be morning or afternoon and is not recognized. */
export function findTimes(text: string): Match<string>[] {
  return [...text.matchAll(EXPLICIT_TIME)].flatMap((match) => {
    const end = match.index + match[0].length;
    if (isPartOfSentence(text, match.index, end) || isAbbreviation(match.groups ?? {}, text, end)) return [];
    const value = toTime(match.groups ?? {});
    return value ? [{ start: match.index, end, value }] : [];
  });
}

/** "Meet 3 PM candidates": PM is another abbreviation there. */
function isAbbreviation({ at, space, half }: Record<string, string | undefined>, text: string, end: number): boolean {
  return !at && space !== "" && half === "PM" && !endsPhrase(text, end);
}

/** A bare "17:30" next to a recognized date or repeat. Elsewhere it may be a verse or a score. */
export function findBareTimes(text: string): Match<string>[] {
  return [...text.matchAll(BARE_TIME)].flatMap((match) => {
    const end = match.index + match[0].length;
    const isNextToDate = followsDate(text, match.index) || opensBeforeDate(text, match.index, end);
    if (!isNextToDate || isPartOfSentence(text, match.index, end)) return [];
    const value = toTime(match.groups ?? {});
    return value ? [{ start: match.index, end, value }] : [];
  });
}

function toTime({ noon, half, hour, minute, hour24, minute24 }: Record<string, string | undefined>): string | undefined {
  if (noon) return "12:00";
  if (!half) return Number(hour24) < 24 ? `${hour24?.padStart(2, "0")}:${minute24}` : undefined;
  if (Number(hour) < 1 || Number(hour) > 12) return undefined;
  const hours = (Number(hour) % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  return `${String(hours).padStart(2, "0")}:${minute ?? "00"}`;
}
