import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/** Notes as HTML: CommonMark with GitHub's tables and task lists. HTML in them is shown as text, and links lead to http, https or mail only. */
export function notesHtml(notes: string): string {
  const html = micromark(notes, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  // The boxes of a task list, the only inputs here, have no names of their own.
  return html.replace(/<input type="checkbox"/g, '$& aria-label="Ticked"');
}
