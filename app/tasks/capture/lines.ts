export interface CaptureLine {
  text: string;
  /** For a subtask, the index of the entry that it belongs to. */
  parent: number | null;
}

/** The most that become tasks at once. */
export const MAX_LINES = 200;
const TAB_WIDTH = 4;
const BULLET = /^(?:(?:[-*•–]|\d{1,3}[.)])(?:\s+|$))?(?:\[[ xX]?\](?:\s+|$))?/u;

/**
 * Pasted text as one entry a line: without bullets, numbers and boxes, without blank lines, at most `limit` of them.
 * A line that is indented by a tab or two spaces, or by more, belongs to the last one that isn't.
 */
export function captureLines(text: string, limit = MAX_LINES): CaptureLine[] {
  const lines = text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) => ({ indent: indentOf(line), text: line.trim().replace(BULLET, "") }))
    .filter((line) => line.text !== "")
    .slice(0, limit);
  const margin = Math.min(...lines.map(({ indent }) => indent));
  let top: number | null = null;
  return lines.map((line, i) => {
    if (top !== null && line.indent - margin >= 2) return { text: line.text, parent: top };
    top = i;
    return { text: line.text, parent: null };
  });
}

/** In columns, when a tab is four of them. */
function indentOf(line: string): number {
  const [space = ""] = /^\s*/u.exec(line) ?? [];
  return space.replaceAll("\t", " ".repeat(TAB_WIDTH)).length;
}
