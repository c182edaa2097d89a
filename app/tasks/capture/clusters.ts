import type { Candidate } from "#app/tasks/capture/candidates.ts";
import type { Token } from "#app/tasks/capture/tokens.ts";

/** Candidates directly after each other. */
export interface Cluster {
  candidates: Candidate[];
  from: number;
  to: number;
}

/** Marks and commas do not separate: "friday #work 5pm". */
export function toClusters(candidates: readonly Candidate[], tokens: readonly Token[]): Cluster[] {
  const clusters: Cluster[] = [];
  for (const candidate of candidates) {
    const last = clusters.at(-1);
    if (last && isAdjacent(last, candidate, tokens)) {
      last.candidates.push(candidate);
      last.to = candidate.to;
    } else {
      clusters.push({ candidates: [candidate], from: candidate.from, to: candidate.to });
    }
  }
  return clusters;
}

function isAdjacent(cluster: Cluster, candidate: Candidate, tokens: readonly Token[]): boolean {
  const between = tokens.slice(cluster.to, candidate.from);
  const isOpen = /^\.?,?$/u.test(tokens[cluster.to - 1]?.trail ?? "");
  return isOpen && between.every(({ type, trail }) => type === "mark" && /^,?$/u.test(trail));
}
