import type { Candidate } from "#app/tasks/capture/candidates.ts";
import type { Cluster } from "#app/tasks/capture/clusters.ts";
import type { Needs } from "#app/tasks/capture/day-phrase.ts";
import type { Lexeme } from "#app/tasks/capture/lexemes.ts";
import type { Token } from "#app/tasks/capture/tokens.ts";

/** Whether the words around a cluster leave no doubt that it is a date: "12 Dec dentist", but not "Order 2 Dec calendars". */
export function isCertain(cluster: Cluster, tokens: readonly Token[], hasDate: boolean): boolean {
  const { candidates, from, to } = cluster;
  if (joins(tokens, from) || continues(tokens, to)) return false;
  if (candidates.some((candidate) => isTitle(candidate, tokens))) return false;
  if (candidates.length === 1 && isName(cluster, tokens)) return false;
  if (isCounted(cluster, tokens)) return false;
  return candidates.every((candidate) => isSupported(candidate, cluster, tokens, hasDate));
}

function isSupported(candidate: Candidate, { candidates, from, to }: Cluster, tokens: readonly Token[], hasDate: boolean): boolean {
  if (candidate.kind === "ending" || (candidate.kind === "date" && candidate.value.isStart))
    return candidates.some(({ kind }) => kind === "repeat");
  if (candidate.kind === "date" && candidate.value.isPeriod && has(tokens, from - 1, "planning")) return false;
  const isAlone = candidates.length === 1;
  const needs = needsOf(candidate);
  if (needs === "date") return hasDate && (!isAlone || isSupportedAlone("end", from, to, tokens));
  // A date and a time beside each other confirm each other.
  return !isAlone || (needs !== "company" && isSupportedAlone(needs, from, to, tokens));
}

function needsOf({ kind, value }: Candidate): Needs | "date" {
  return kind === "ending" ? "nothing" : value.needs;
}

function isSupportedAlone(needs: Exclude<Needs, "company">, from: number, to: number, tokens: readonly Token[]): boolean {
  if (needs === "nothing") return true;
  const isLast = tokens.slice(to).every(({ type }) => type === "mark");
  if (needs === "end" || isLast) return isLast;
  const isPause = tokens[to - 1]?.trail !== "" || pauses(tokens, to);
  return isPause || (needs === "apart" && tokens.slice(0, from).every(({ type }) => type === "mark"));
}

/** "re:", "with Ann", "(at home)". */
function pauses(tokens: readonly Token[], at: number): boolean {
  return has(tokens, at, "pausing") || /^[-–—(]/u.test(tokens[at]?.text ?? "") || tokens[at]?.trail.startsWith(":") === true;
}

export function has(tokens: readonly Token[], at: number, ...kinds: Lexeme["kind"][]): boolean {
  return tokens[at]?.meanings.some(({ lexeme, length }) => length === 1 && kinds.includes(lexeme.kind)) ?? false;
}

/** "for monday", "the 5pm train", "some time next week". */
function joins(tokens: readonly Token[], from: number): boolean {
  if (tokens[from - 1]?.trail !== "") return false;
  return [1, 2].some((length) => tokens[from - length]?.meanings.some((one) => one.length === length && one.lexeme.kind === "joining"));
}

const CONTINUES = new Set(["is", "was", "will", "isn't", "has", "of"]);

/** "Tomorrow is another day". */
function continues(tokens: readonly Token[], to: number): boolean {
  return tokens[to - 1]?.trail === "" && CONTINUES.has(tokens[to]?.key ?? "");
}

/** "Sort photos 12 Dec 19": a number behind a date belongs to it, or ends the text. */
function isCounted({ candidates, to }: Cluster, tokens: readonly Token[]): boolean {
  const next = tokens[to];
  if (!next || !/^['’]?\d+$/u.test(next.text) || tokens[to - 1]?.trail === ":") return false;
  const last = candidates.at(-1);
  const isNamedDay = last?.kind === "date" && last.value.needs === "nothing";
  return !isNamedDay || tokens.slice(to + 1).every(({ type }) => type === "mark");
}

/** "Hear Every Little Thing": a capital in the middle of a line, where the language has none. */
function isTitle({ from, to }: Candidate, tokens: readonly Token[]): boolean {
  const first = tokens.findIndex(({ type }) => type !== "mark");
  return tokens.slice(from, to).some((token, i) => from + i > first && isCapitalized(token) && !isProper(token));
}

function isProper({ meanings }: Token): boolean {
  return meanings.some(({ lexeme }) => lexeme.isProper);
}

function isCapitalized({ text }: Token | { text: string }): boolean {
  return /^\p{Lu}\p{Ll}/u.test(text);
}

/** "Freaky Friday", "Friday Night Lights", "friday the 13th". */
function isName({ candidates, from, to }: Cluster, tokens: readonly Token[]): boolean {
  if (tokens.slice(Math.max(0, from - 2), to).some(({ meanings }) => meanings.some(({ lexeme }) => lexeme.kind === "name"))) return true;
  if (!candidates.some(({ kind }) => kind === "date" || kind === "repeat")) return false;
  if (tokens[from - 1]?.trail === "" && has(tokens, from - 1, "naming")) return true;
  const first = tokens[from];
  if (!first || !isCapitalized(first) || !first.meanings.some(({ lexeme }) => lexeme.kind === "weekday" || lexeme.kind === "day"))
    return false;
  const after = tokens[to];
  const isNounNext = first.meanings.some(({ lexeme }) => lexeme.kind === "day" && lexeme.isProper);
  if (!isNounNext && tokens[to - 1]?.trail === "" && after && /^\p{Lu}/u.test(after.text)) return true;
  return followsName(tokens, from);
}

/** The first word of a line has a capital anyway; "call Ann Friday" names a person. */
function followsName(tokens: readonly Token[], from: number): boolean {
  const before = tokens[from - 1];
  if (before?.trail !== "" || !/^\p{Lu}/u.test(before.text)) return false;
  if (from === 1) return /^\p{Lu}{2}/u.test(before.text);
  return !has(tokens, from - 2, "meeting");
}
