export function parseLabel(text: string): string {
  return text.trim().replace(/^#/, "");
}

/** Comma-separated labels, each once. */
export function parseLabels(text: string): string[] {
  const labels = text.split(",").map(parseLabel);
  return [...new Set(labels.filter((label) => label !== ""))];
}
