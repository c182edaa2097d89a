import { glob, readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { Config } from "@react-router/dev/config";

export default {
  ssr: true,
  // The whole route manifest travels with the first page: nothing to discover later, and a simpler CSP.
  routeDiscovery: { mode: "initial" },
  buildEnd: () => precompress("build/client"),
} satisfies Config;

/** Writes `.br` and `.gz` beside every text that browsers load, so that nothing is compressed while they wait. */
async function precompress(directory: string): Promise<void> {
  for await (const file of glob(`${directory}/**/*.{js,css,svg,webmanifest}`)) {
    const content = await readFile(file);
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
  }
}
