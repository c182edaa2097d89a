/**
 * The same for names that differ only in case or Unicode form, as `label_key` in SQL computes it. Upper case first: it
 * expands what lower case keeps, such as ß.
 */
export function nameKey(name: string): string {
  return name.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
}

/** Without names whose key an earlier one has. */
export function distinctNames(names: readonly string[]): string[] {
  const byKey = new Map(names.toReversed().map((name) => [nameKey(name), name]));
  return [...new Set(names.map((name) => byKey.get(nameKey(name)) ?? name))];
}
