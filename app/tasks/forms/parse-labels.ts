import { distinctNames } from "#app/tasks/name-key.ts";

/** One label as typed, without its `#`. */
export function parseLabel(text: string): string {
  return text.trim().replace(/^#/, "");
}

/** Comma-separated labels, each once. */
export function parseLabels(text: string): string[] {
  const labels = text.split(",").map(parseLabel);
  return distinctNames(labels.filter((label) => label !== ""));
}
