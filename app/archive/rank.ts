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

/** The change number that user's next change has to pass, so that what it makes is last: 0 if any does. */
export function highestNumber(ranks: Iterable<string | undefined>): number {
  let highest = 0;
  for (const rank of ranks) highest = Math.max(highest, Number(CHANGE_NUMBER.exec(rank ?? "")?.[1] ?? 0));
  return highest;
}
