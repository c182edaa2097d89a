import { expect, test } from "vitest";
import { notesHtml } from "#app/tasks/notes.server.ts";

test("notes are Markdown, with tables and task lists", () => {
  expect(notesHtml("# One\n\n*two* https://example.com")).toBe(
    '<h1>One</h1>\n<p><em>two</em> <a href="https://example.com">https://example.com</a></p>',
  );
  expect(notesHtml("- [x] done")).toContain('<input type="checkbox" aria-label="Ticked" disabled="" checked="" />');
  expect(notesHtml("|a|\n|-|\n|b|")).toContain("<table>");
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
])("a link leads nowhere that could do something: %s", (notes) => {
  expect(notesHtml(notes)).not.toMatch(/(href|src)="[^"]*(javascript|vbscript|data):/i);
});
