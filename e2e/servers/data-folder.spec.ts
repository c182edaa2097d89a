import { copyFile, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copiedData, queryData } from "../support/data.ts";
import { refusalOf } from "../support/refusal.ts";
import { expect, test } from "../support/test.ts";

test.skip(process.env.TEST_DATABASE_URL !== undefined, "without a DATA_DIR there is no folder to damage");

// A database is opened several times in one test.
test.describe.configure({ timeout: 120_000 });

test("a folder that can't be used is refused in one line, with or without a secret in it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "doable-e2e-"));
  const file = join(folder, "file");
  await writeFile(file, "");
  for (const each of [file, join(file, "below"), "/proc/self/doable"]) {
    const message = await refusalOf({ DATA_DIR: each });
    expect(message).toContain(`Doable can't start: the folder ${each} can't be used (`);
    expect(message).toContain("make it a folder that this process can write to, or set DATA_DIR to another one");
  }
  await rm(folder, { recursive: true });
});

test("damaged data is refused in one line with the way out, when it is opened or when it is first read", async () => {
  const data = await copiedData();
  const folder = data.env.DATA_DIR ?? "";
  const [row] = (await queryData(data.env, "select pg_relation_filepath('jwks_pkey') as index")) as { index: string }[];
  const [index, control, version] = [row?.index ?? "", "global/pg_control", "PG_VERSION"].map((name) => join(folder, "postgres", name));
  const advice = `restore ${folder} from a backup, or move it away to start without data`;
  for (const [path = "", reason] of [
    [index, "the database can't be used: could not read blocks"],
    [control, "the database in "],
    [version, "the database in "],
  ] as const) {
    await copyFile(path, `${folder}.kept`);
    await (path === version ? rm(path) : truncate(path));
    const message = await refusalOf({ DATA_DIR: folder });
    expect(message).toContain(`Doable can't start: ${reason}`);
    expect(message).toContain(advice);
    await copyFile(`${folder}.kept`, path);
  }
  await rm(`${folder}.kept`);
  await data.remove();
});
