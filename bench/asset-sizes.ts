import type { BenchRequest } from "./load.ts";

/** Bytes of all scripts and style sheets that a page names, in Brotli. */
export async function assetSizes(origin: string, { path, headers }: BenchRequest): Promise<{ scripts: number; styles: number }> {
  const page = await (await fetch(origin + path, { headers })).text();
  const files = new Set(page.match(/\/assets\/[\w.-]+\.(js|css)/g));
  const sum = async (ending: string) => {
    const sizes = await Promise.all([...files].filter((file) => file.endsWith(ending)).map((file) => brotliSize(origin + file)));
    return sizes.reduce((total, size) => total + size, 0);
  };
  return { scripts: await sum(".js"), styles: await sum(".css") };
}

async function brotliSize(url: string): Promise<number> {
  const { ok, headers } = await fetch(url, { headers: { "Accept-Encoding": "br" } });
  if (!ok || headers.get("Content-Encoding") !== "br") throw new Error(`${url} is not served in Brotli`);
  return Number(headers.get("Content-Length"));
}
