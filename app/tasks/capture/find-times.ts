import { endsThought, type Found, followsWhen, isGoverned, opensWithWhen, wholeWords } from "#app/tasks/capture/match.ts";

/** Hours that a part of the day stands for, unless a time is given. */
const PARTS: Record<string, string> = { morning: "09:00", afternoon: "15:00", evening: "18:00", night: "20:00" };
export const PART_OF_DAY = Object.keys(PARTS).join("|");

const CLEAR = wholeWords(
  String.raw`(?:due\s+)?(?:(?<at>at|by)\s+)?(?<hour>\d{1,2})(?:[:.](?<minute>[0-5]\d))?(?<space>\s?)(?<half>am|pm)|(?:due\s+)?(?:at|by)\s+(?:(?<hour24>\d{1,2}):(?<minute24>[0-5]\d)|(?<noon>noon))`,
);
const CLOCK = wholeWords(String.raw`(?<hour24>\d{1,2}):(?<minute24>[0-5]\d)`);

export function timeOfPart(part: string | undefined): string | undefined {
  return part && PARTS[part.toLowerCase()];
}

/** Times that can't be anything else: "5pm", "at 17:30", "by noon". A bare "at 5" could be morning or afternoon and stays. */
export function findTimes(text: string): Found<string>[] {
  return [...text.matchAll(CLEAR)].flatMap((match) => {
    const end = match.index + match[0].length;
    if (isGoverned(text, match.index, end) || isManagers(match.groups ?? {}, text, end)) return [];
    const value = timeOf(match.groups ?? {});
    return value ? [{ start: match.index, end, value }] : [];
  });
}

/** "Meet 3 PM candidates" is about people. */
function isManagers({ at, space, half }: Record<string, string | undefined>, text: string, end: number): boolean {
  return !at && space !== "" && half === "PM" && !endsThought(text, end);
}

/** A bare "17:30" that comes right after what was taken, or first of all: elsewhere it may be a verse or a score. */
export function findClock(text: string): Found<string>[] {
  return [...text.matchAll(CLOCK)].flatMap((match) => {
    const end = match.index + match[0].length;
    const isPlaced = followsWhen(text, match.index) || opensWithWhen(text, match.index, end);
    if (!isPlaced || isGoverned(text, match.index, end)) return [];
    const value = timeOf(match.groups ?? {});
    return value ? [{ start: match.index, end, value }] : [];
  });
}

function timeOf({ noon, half, hour, minute, hour24, minute24 }: Record<string, string | undefined>): string | undefined {
  if (noon) return "12:00";
  if (!half) return Number(hour24) < 24 ? `${hour24?.padStart(2, "0")}:${minute24}` : undefined;
  if (Number(hour) < 1 || Number(hour) > 12) return undefined;
  const hours = (Number(hour) % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  return `${String(hours).padStart(2, "0")}:${minute ?? "00"}`;
}
