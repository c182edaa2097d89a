import { expect, test } from "../support/test.ts";

/** Width and height of a PNG, from its first chunk (PNG, section 11.2.2). */
function sizeOf(png: Buffer): string {
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

test("the manifest describes the installed app, and each icon exists in its declared size", async ({ request, server }) => {
  const answer = await request.get(`${server.url}/manifest.webmanifest`);
  expect(answer.headers()["content-type"]).toMatch(/^application\/manifest\+json/);
  const manifest = await answer.json();
  expect(manifest).toMatchObject({ name: "Doable", start_url: "/today", display: "standalone" });
  expect(manifest.icons.map(({ purpose }: { purpose: string }) => purpose)).toContain("maskable");
  for (const { src, type, sizes } of manifest.icons) {
    const icon = await request.get(server.url + src);
    expect(icon.headers()["content-type"], src).toBe(type);
    if (type === "image/png") expect(sizeOf(await icon.body()), src).toBe(sizes);
  }
});

test("every page links the manifest and a home screen icon, and has a colour for each theme", async ({ request, server }) => {
  const page = await (await request.get(`${server.url}/login`)).text();
  expect(page).toContain('rel="manifest" href="/manifest.webmanifest"');
  const [, href = ""] = /rel="apple-touch-icon" href="([^"]+)"/.exec(page) ?? [];
  expect(sizeOf(await (await request.get(server.url + href)).body())).toBe("180x180");
  const colors = [...page.matchAll(/<meta name="theme-color" content="(#\w+)" media="\(prefers-color-scheme: (\w+)\)"/g)];
  expect(colors.map(([, color, scheme]) => [scheme, color])).toEqual([
    ["light", "#fbfaf8"],
    ["dark", "#121316"],
  ]);
});
