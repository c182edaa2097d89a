import type { Candidate } from "#app/tasks/capture/candidates.ts";
import type { Cluster } from "#app/tasks/capture/clusters.ts";
import { has } from "#app/tasks/capture/context-rules.ts";
import type { Token } from "#app/tasks/capture/tokens.ts";

const CLOCK = /^\d{1,2}[:.]?[0-5]?\d?([ap]\.?m)([-–]\d.*)?$|^\d{1,2}([:.]\d\d)?[-–]\d{1,2}([:.]\d\d)?([ap]\.?m)$/u;
const DATE = /^\d{1,2}\/\d{1,2}(\/\d{2,4})?$|^\d{4}[-/]\d{1,2}[-/]\d{1,2}$|^\d{1,2}\.\d{1,2}\.(\d{2}|\d{4})$/u;
const RANGE = /^\d{1,2}(:\d\d)?[-–]\d{1,2}(:\d\d)?$/u;

/**
 * Whether the words beside the taken clusters still say something about time, so that taking only these would change the meaning:
 * "every weekday except friday", "tomorrow 3-4pm".
 */
export function leavesTime(tokens: readonly Token[], taken: readonly Cluster[], rejected: readonly Cluster[]): boolean {
  const isTaken = tokens.map(() => false);
  for (const { from, to } of taken) isTaken.fill(true, from, to);
  const isBeside = (at: number) => isTaken[at - 1] === true || isTaken[at + 1] === true;
  if (rejected.some((cluster) => cluster.candidates.some((one) => saysTime(one, isBeside(cluster.from) || isBeside(cluster.to - 1)))))
    return true;
  return tokens.some(
    (token, at) => token.type === "word" && !isTaken[at] && isAboutTime(tokens, at, isBeside(at), isTaken[at - 1] === true),
  );
}

/** "the 5th Wave" and "monthly report" say nothing about when, unless the date is beside them. */
function saysTime({ kind, value }: Candidate, isBeside: boolean): boolean {
  if (isBeside || kind === "ending") return true;
  if (kind === "time") return value.half !== undefined || value.needs === "nothing";
  return value.needs !== "end" && value.needs !== "company";
}

function isAboutTime(tokens: readonly Token[], at: number, isBeside: boolean, isBehind: boolean): boolean {
  const { key, meanings } = tokens[at] ?? { key: "", meanings: [] };
  if (CLOCK.test(key) || DATE.test(key)) return true;
  if (isBeside && (RANGE.test(key) || has(tokens, at, "blocker"))) return true;
  if (isBehind && has(tokens, at, "until", "starting", "through")) return true;
  if (isBehind && has(tokens, at, "or", "and") && /^\d/u.test(tokens[at + 1]?.key ?? "")) return true;
  if (isBeside && /^\d{1,2}$/u.test(key) && has(tokens, at - 1, "in")) return true;
  if (meanings.some(({ lexeme }) => lexeme.kind === "weekday" && (!lexeme.isWeak || isBeside))) return true;
  if (meanings.some(({ lexeme }) => lexeme.kind === "every" && (!lexeme.isWeak || isBeside))) return true;
  if (meanings.some(({ lexeme }) => lexeme.kind === "frequency")) return true;
  return isHour(tokens, at) || isRangeBeside(tokens, at, isBeside);
}

/** "at 5", "at midnight", "um halb acht". */
function isHour(tokens: readonly Token[], at: number): boolean {
  if (!has(tokens, at, "at")) return false;
  const next = tokens[at + 1];
  if (next === undefined || tokens[at]?.trail !== "") return false;
  if (/^\d{1,2}([:.]\d\d)?$/u.test(next.key)) return Number.parseInt(next.key, 10) <= 24;
  return has(tokens, at + 1, "number", "blocker");
}

/** "9 to 5" in front of "tomorrow". */
function isRangeBeside(tokens: readonly Token[], at: number, isBeside: boolean): boolean {
  const isNumber = (index: number) => /^\d{1,2}$/u.test(tokens[index]?.key ?? "");
  return (
    isBeside &&
    isNumber(at) &&
    ((has(tokens, at - 1, "through", "until", "or") && isNumber(at - 2)) ||
      (has(tokens, at + 1, "through", "until", "or") && isNumber(at + 2)))
  );
}
