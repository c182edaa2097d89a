import { generateKeyBetween } from "fractional-indexing";

const RANK = /^[0-9A-Za-z]{1,200}$/;
/** What is last in hand order is ranked by its change number, of which there are far fewer. */
const BEYOND = "k01";
const CHANGE_NUMBER = /^k(\d{11})/;

/** Whether it is a fractional index before and after which there is room for others. */
export function isRank(text: string): boolean {
  if (!RANK.test(text) || text >= BEYOND) return false;
  try {
    generateKeyBetween(text, null);
    generateKeyBetween(null, text);
    return true;
  } catch {
    return false;
  }
}

/** No user comes near it. A number up here, followed, would leave no room for the next ones. */
const TOO_HIGH = 900_000_000;

/** The change number that the user's next change has to pass, so that what it makes is last: 0 if any does. */
export function highestNumber(ranks: Iterable<string | undefined>): number {
  let highest = 0;
  for (const rank of ranks) {
    const number = Number(CHANGE_NUMBER.exec(rank ?? "")?.[1] ?? 0);
    if (number < TOO_HIGH) highest = Math.max(highest, number);
  }
  return highest;
}
