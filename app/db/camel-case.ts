import { CamelCasePlugin, type PluginTransformResultArgs, type QueryResult, type UnknownRow } from "kysely";

/** camelCase here, snake_case in Postgres. What is inside JSON stays as it is. */
export class CamelCaseColumns extends CamelCasePlugin {
  /** The rows of a result have the same columns: their names are worked out once, which Kysely's own does for each field. */
  override async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    const [first] = result.rows ?? [];
    if (!first) return result;
    const columns = Object.keys(first);
    const names = columns.map((column) => this.camelCase(column));
    const template: UnknownRow = Object.fromEntries(names.map((name) => [name, null]));
    const rows = result.rows.map((row) => {
      const renamed = { ...template };
      for (let index = 0; index < columns.length; index++) renamed[names[index] as string] = row[columns[index] as string];
      return renamed;
    });
    return { ...result, rows };
  }
}
