const UNIQUE_VIOLATION = "23505";
const FOREIGN_KEY_VIOLATION = "23503";

/** The constraint that a statement broke, by its name in migrations/; `undefined` for any other error. */
export function brokenConstraint(error: unknown): string | undefined {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return (code === UNIQUE_VIOLATION || code === FOREIGN_KEY_VIOLATION) && typeof constraint === "string" ? constraint : undefined;
}
