import { CamelCasePlugin, type PluginTransformResultArgs, type QueryResult, type UnknownRow } from "kysely";

/** camelCase in code, snake_case in Postgres. Keys inside JSON stay as they are. */
export class CamelCaseColumns extends CamelCasePlugin {
  /** Converts the column names once for all rows; Kysely's own converts them again for each field. */
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
