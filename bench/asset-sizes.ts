import type { Asked } from "./asking.ts";

/** How many bytes of scripts and style sheets a browser fetches for a page, the first time. */
export async function weightOf(origin: string, { path, headers }: Asked): Promise<{ scripts: number; styles: number }> {
  const page = await (await fetch(origin + path, { headers })).text();
  const files = new Set(page.match(/\/assets\/[\w.-]+\.(js|css)/g));
  const sum = async (ending: string) => {
    const sizes = await Promise.all([...files].filter((file) => file.endsWith(ending)).map((file) => sizeOf(origin + file)));
    return sizes.reduce((total, size) => total + size, 0);
  };
  return { scripts: await sum(".js"), styles: await sum(".css") };
}

/** As it travels, in Brotli. */
async function sizeOf(url: string): Promise<number> {
  const { ok, headers } = await fetch(url, { headers: { "Accept-Encoding": "br" } });
  if (!ok || headers.get("Content-Encoding") !== "br") throw new Error(`${url} does not come in Brotli`);
  return Number(headers.get("Content-Length"));
}
