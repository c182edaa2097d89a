import type { CompiledQuery } from "kysely";

class Placeholder {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/**
 * Builds and compiles a statement once, at its first use: with Kysely that takes longer than a small query itself.
 * `build` gets placeholders, so it may pass values on but not inspect them.
 */
export function prepared<Values extends object, Row>(build: (values: Values) => { compile(): CompiledQuery<Row> }) {
  let statement: CompiledQuery<Row> | undefined;
  return function withValues(values: Values): CompiledQuery<Row> {
    statement ??= build(new Proxy({} as Values, { get: (_, name) => new Placeholder(name) })).compile();
    const parameters = statement.parameters.map((value) => (value instanceof Placeholder ? values[value.name as keyof Values] : value));
    return { ...statement, parameters };
  };
}
