export interface CaptureLine {
  text: string;
  /** For a subtask, the index of its parent. */
  parent: number | null;
  /** From a ticked checkbox: "- [x]". */
  isDone: boolean;
}

export const MAX_LINES = 200;
const TAB_WIDTH = 4;
const BULLET = /^(?:(?:[-*•–]|\d{1,3}[.)])(?:\s+|$))?(?:\[(?<tick>[ xX]?)\](?:\s+|$))?/u;

/**
 * The first `limit` lines that are not blank, without bullets, numbers and checkboxes.
 * A line indented by at least a tab or two spaces is a subtask of the last line that is not.
 */
export function captureLines(text: string, limit = MAX_LINES): CaptureLine[] {
  const lines = text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) => ({ indent: indentOf(line), ...withoutBullet(line.trim()) }))
    .filter((line) => line.text !== "")
    .slice(0, limit);
  const margin = Math.min(...lines.map(({ indent }) => indent));
  let parent: number | null = null;
  return lines.map((line, i) => {
    if (parent !== null && line.indent - margin >= 2) return { text: line.text, parent, isDone: line.isDone };
    parent = i;
    return { text: line.text, parent: null, isDone: line.isDone };
  });
}

function withoutBullet(line: string): { text: string; isDone: boolean } {
  const bullet = BULLET.exec(line);
  return { text: line.slice(bullet?.[0].length), isDone: bullet?.groups?.tick?.toLowerCase() === "x" };
}

/** In columns. */
function indentOf(line: string): number {
  const [space = ""] = /^\s*/u.exec(line) ?? [];
  return space.replaceAll("\t", " ".repeat(TAB_WIDTH)).length;
}
