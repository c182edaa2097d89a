import { expect, test } from "vitest";
import { notesHtml } from "#app/tasks/forms/notes.server.ts";

test("notes are Markdown with tables, strikethrough and plain links", () => {
  expect(notesHtml("# One\n\n*two* ~~three~~ https://example.com")).toBe(
    '<h1>One</h1>\n<p><em>two</em> <s>three</s> <a href="https://example.com">https://example.com</a></p>\n',
  );
  expect(notesHtml("|a|b|\n|-|-:|\n|c|1|")).toBe(
    '<table>\n<thead>\n<tr>\n<th>a</th>\n<th align="right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>c</td>\n<td align="right">1</td>\n</tr>\n</tbody>\n</table>\n',
  );
  expect(notesHtml("see todo.md")).toBe("<p>see todo.md</p>\n");
});

test("an item of a task list starts with a checkbox, ticked or not", () => {
  const box = '<input type="checkbox" aria-label="Ticked" disabled';
  expect(notesHtml("- [ ] milk\n- [x] **bread**\n  1. [X] rye")).toBe(
    `<ul>\n<li>${box}> milk</li>\n<li>${box} checked> <strong>bread</strong>\n<ol>\n<li>${box} checked> rye</li>\n</ol>\n</li>\n</ul>\n`,
  );
  for (const notes of ["[x] no item", "- [y] milk", "- [x](https://example.com)", "- `[x]` milk", "- milk [x]", "- a\n\n  [x] b"])
    expect(notesHtml(notes), notes).not.toContain("<input");
});

/** Repeated up to the maximum length of notes. */
const filled = (part: string) => part.repeat(20_000 / part.length);

test.each([
  ["a table of many columns, with many short rows", `${"|a".repeat(2499)}|\n${"|-".repeat(2499)}|\n${"a\n".repeat(5000)}`],
  ...["*a_ ", "**a *", "_a__ ", "a\n==\n", "> - ", "- > ", "1. ", ">", "[", "![", "[a](", "`a``", "a@b.", "www.a", "<a ", "&#x"].map(
    (part) => [`"${part}" repeated`, filled(part)],
  ),
])("notes of the maximum length are rendered in time and do not grow much: %s", (_, notes = "") => {
  const before = process.threadCpuUsage();
  const html = notesHtml(notes);
  // An earlier parser took seconds and returned 100 MB.
  // Microseconds of CPU time: wall time would include other processes.
  expect(process.threadCpuUsage(before).user).toBeLessThan(1_000_000);
  expect(html.length).toBeLessThan(1_000_000);
});

test.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "a <b onclick=alert(1)>b</b>",
  "<!-- a --><iframe src=//evil.example></iframe>",
  "|<svg onload=alert(1)>|\n|-|",
])("HTML in notes is shown as text: %s", (notes) => {
  expect(notesHtml(notes)).not.toMatch(/<(script|img|b|iframe|svg|!)/i);
});

test.each([
  "[a](javascript:alert(1))",
  "[a](JaVaScRiPt:alert(1))",
  "[a](java&#115;cript:alert(1))",
  "[a](&#x6A;avascript:alert(1))",
  "[a](\\javascript:alert(1))",
  "[a](<javascript:alert(1)>)",
  "[a](vbscript:x)",
  "[a](data:text/html;base64,PHN2Zz4=)",
  "[a]\n\n[a]: javascript:alert(1)",
  "<javascript:alert(1)>",
  "![a](javascript:alert(1))",
  "[a](data:image/png;base64,iVBORw0KGgo=)",
  "[a](file:///etc/passwd)",
])("a link with an unsafe scheme is not rendered: %s", (notes) => {
  expect(notesHtml(notes)).not.toMatch(/(href|src)="[^"]*(javascript|vbscript|data|file):/i);
});

test.each(["https://example.com/a", "http://example.com", "mailto:ann@example.com", "/today", "?q=milk", "#top", "./a:b", "page"])(
  "a link may lead to %s",
  (url) => {
    expect(notesHtml(`[a](${url})`)).toContain(`<a href="${url}">a</a>`);
  },
);
