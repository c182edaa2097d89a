import MarkdownIt, { type StateCore } from "markdown-it";

/** With a scheme of these, or with none: an address of ours. */
const LINK = /^(https?:|mailto:|[^:]*$|[./?#])/i;
/** GitHub's task lists: what an item begins with that has a box. */
const BOX = /^\[([ xX])\](?=\s)/;

// This parser's time and output grow with the text, whatever the text is.
const markdown = new MarkdownIt({ html: false, linkify: true });
markdown.validateLink = (url) => LINK.test(url);
// Else todo.md would be a place in Moldova.
markdown.linkify.set({ fuzzyLink: false });
markdown.core.ruler.push("task_list", drawBoxes);
markdown.core.ruler.push("alignment", alignWithoutStyle);

/** Notes as HTML: CommonMark with GitHub's tables, strikethrough and task lists. HTML in them is shown as text, and links lead to http, https or mail only. */
export function notesHtml(notes: string): string {
  return markdown.render(notes);
}

function drawBoxes({ tokens, Token }: StateCore): void {
  for (const [index, { children }] of tokens.entries()) {
    const [text] = children ?? [];
    const box = tokens[index - 2]?.type === "list_item_open" && text?.type === "text" && BOX.exec(text.content);
    if (!box) continue;
    text.content = text.content.slice(box[0].length);
    const input = new Token("html_inline", "", 0);
    input.content = `<input type="checkbox" aria-label="Ticked" disabled${box[1] === " " ? "" : " checked"}>`;
    children?.unshift(input);
  }
}

/** The content policy allows no styles inside a page. */
function alignWithoutStyle({ tokens }: StateCore): void {
  for (const token of tokens) {
    const style = token.attrGet("style");
    if (style) token.attrs = [["align", String(style).replace("text-align:", "")]];
  }
}
