// How Playwright compares texts: white space is one space, and a string is a part in any case unless it says `exact`.

export type Text = string | RegExp;

export function normalized(text: string | null | undefined): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim();
}

/** As `getBy…` look for things. */
export function matches(text: string, wanted: Text, exact = false): boolean {
  if (wanted instanceof RegExp) return wanted.test(text);
  if (exact) return normalized(text) === normalized(wanted);
  return normalized(text).toLowerCase().includes(normalized(wanted).toLowerCase());
}

/** As `toHaveText` compares. */
export function equalsText(text: string, wanted: Text): boolean {
  return wanted instanceof RegExp ? wanted.test(normalized(text)) : normalized(text) === normalized(wanted);
}

/** As `toContainText` compares. */
export function containsText(text: string, wanted: Text): boolean {
  return wanted instanceof RegExp ? wanted.test(normalized(text)) : normalized(text).includes(normalized(wanted));
}
