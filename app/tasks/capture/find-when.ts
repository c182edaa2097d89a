import { type Candidate, findCandidates } from "#app/tasks/capture/candidates.ts";
import type { CaptureContext } from "#app/tasks/capture/capture-context.ts";
import { toClusters } from "#app/tasks/capture/clusters.ts";
import { isCertain } from "#app/tasks/capture/context-rules.ts";
import { leavesTime } from "#app/tasks/capture/leftovers.ts";
import { lexiconOf } from "#app/tasks/capture/lexicon.ts";
import type { Range } from "#app/tasks/capture/masks.ts";
import { resolve, type When } from "#app/tasks/capture/resolve.ts";
import { type Token, tokenize } from "#app/tasks/capture/tokens.ts";

export interface FoundWhen extends When {
  phrases: (Range & { kind: Candidate["kind"]; candidate: Candidate })[];
}

/** The date, time and repeat of a text whose marks are masked: all that it says about time, or nothing. */
export function findWhen(text: string, { now, weekStart = 1, language = "en", dateOrder }: CaptureContext): FoundWhen | undefined {
  const lexicon = lexiconOf(language);
  const tokens = tokenize(text, lexicon);
  const input = { ...lexicon, tokens, now, today: now.toPlainDate(), weekStart, dateOrder: dateOrder ?? lexicon.dateOrder };
  const candidates = findCandidates(input);
  if (candidates.length === 0) return undefined;
  const hasDate = candidates.some(({ kind }) => kind === "date" || kind === "repeat");
  const { certain = [], uncertain = [] } = Object.groupBy(toClusters(candidates, tokens), (cluster) =>
    isCertain(cluster, tokens, hasDate) ? "certain" : "uncertain",
  );
  const taken = certain.flatMap((cluster) => cluster.candidates);
  const when = resolve(taken, now, weekStart);
  if (!when || leavesTime(tokens, certain, uncertain)) return undefined;
  return { ...when, phrases: taken.map((candidate) => ({ ...rangeOf(candidate, tokens), kind: candidate.kind, candidate })) };
}

function rangeOf({ from, to }: Candidate, tokens: readonly Token[]): Range {
  return { start: tokens[from]?.start ?? 0, end: endOf(tokens[to - 1]) };
}

/** With the full stop that belongs to the word: "24.12.", "Dec.", "Fri.", "p.m.". */
function endOf(last: Token | undefined): number {
  if (!last) return 0;
  const isName = last.key.length <= 4 && last.meanings.some(({ lexeme }) => lexeme.kind === "month" || lexeme.kind === "weekday");
  const isAbbreviation = isName || /^\d{1,2}(?:\.\d{1,2})?$|^[ap]\.m$/u.test(last.key);
  return last.end + (isAbbreviation && last.trail.startsWith(".") ? 1 : 0);
}
