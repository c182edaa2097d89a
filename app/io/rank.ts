import { generateKeyBetween } from "fractional-indexing";

const RANK = /^[0-9A-Za-z]{1,200}$/;
/** Ranks of new tasks are `k` and the change number in 11 digits; no change number reaches this one. */
const UPPER_BOUND = "k01";
const CHANGE_NUMBER = /^k(\d{11})/;

/** Whether the text is a fractional index with room for others before and after it. */
export function isRank(text: string): boolean {
  if (!RANK.test(text) || text >= UPPER_BOUND) return false;
  try {
    generateKeyBetween(text, null);
    generateKeyBetween(null, text);
    return true;
  } catch {
    return false;
  }
}

/** Higher numbers are ignored: change numbers that continue from there would soon run out of digits. */
const MAX_CHANGE_NUMBER = 900_000_000;

/** The user's next change number must exceed the result, so that new tasks are last in manual order. 0 if any number does. */
export function highestChangeNumber(ranks: Iterable<string | undefined>): number {
  let highest = 0;
  for (const rank of ranks) {
    const number = Number(CHANGE_NUMBER.exec(rank ?? "")?.[1] ?? 0);
    if (number < MAX_CHANGE_NUMBER) highest = Math.max(highest, number);
  }
  return highest;
}
