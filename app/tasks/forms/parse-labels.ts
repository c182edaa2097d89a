/** A label as people type it: the mark in front of it is none of it. */
export function labelIn(text: string): string {
  return text.trim().replace(/^#/, "");
}

/** Each of several, with commas between them, once. */
export function labelsIn(text: string): string[] {
  const labels = text.split(",").map(labelIn);
  return [...new Set(labels.filter((label) => label !== ""))];
}
