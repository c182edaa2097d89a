// Playwright's text comparison: white space is collapsed; a string matches any part, ignoring case, unless `exact`.

export type Text = string | RegExp;

export function normalized(text: string | null | undefined): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim();
}

/** Compares like `getBy…`. */
export function matches(text: string, wanted: Text, exact = false): boolean {
  if (wanted instanceof RegExp) return wanted.test(text);
  if (exact) return normalized(text) === normalized(wanted);
  return normalized(text).toLowerCase().includes(normalized(wanted).toLowerCase());
}

/** Compares like `toHaveText`. */
export function equalsText(text: string, wanted: Text): boolean {
  return wanted instanceof RegExp ? wanted.test(normalized(text)) : normalized(text) === normalized(wanted);
}

/** Compares like `toContainText`. */
export function containsText(text: string, wanted: Text): boolean {
  return wanted instanceof RegExp ? wanted.test(normalized(text)) : normalized(text).includes(normalized(wanted));
}
