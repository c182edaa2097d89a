import type { CompiledQuery } from "kysely";

/** Stands in a prepared statement where a value will be. */
class Placeholder {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/**
 * A statement that is built and compiled once, at its first use: with Kysely that takes longer than pg takes to send a small one.
 * What `build` gets are placeholders, so it may name each value but not look at it.
 */
export function prepared<Values extends object, Row>(build: (values: Values) => { compile(): CompiledQuery<Row> }) {
  let statement: CompiledQuery<Row> | undefined;
  return function withValues(values: Values): CompiledQuery<Row> {
    statement ??= build(new Proxy({} as Values, { get: (_, name) => new Placeholder(name) })).compile();
    const parameters = statement.parameters.map((value) => (value instanceof Placeholder ? values[value.name as keyof Values] : value));
    return { ...statement, parameters };
  };
}
