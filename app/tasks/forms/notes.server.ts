import MarkdownIt, { type StateCore } from "markdown-it";

const ALLOWED_LINK = /^(https?:|mailto:|[^:]*$|[./?#])/i;
const CHECKBOX = /^\[([ xX])\](?=\s)/;

// markdown-it bounds its time and output for any text. With parsers that do not, 20,000 characters of notes could block the process.
const markdown = new MarkdownIt({ html: false, linkify: true });
markdown.validateLink = (url) => ALLOWED_LINK.test(url);
// Otherwise "todo.md" would become a link, because .md is a top-level domain.
markdown.linkify.set({ fuzzyLink: false });
markdown.core.ruler.push("task_list", renderCheckboxes);
markdown.core.ruler.push("alignment", alignByAttribute);

/**
 * Renders CommonMark with GitHub's tables, strikethrough and task lists. HTML in the notes is shown as text. Links may
 * have http, https, mailto or relative addresses only.
 */
export function notesHtml(notes: string): string {
  return markdown.render(notes);
}

function renderCheckboxes({ tokens, Token }: StateCore): void {
  for (const [index, { children }] of tokens.entries()) {
    const [text] = children ?? [];
    const checkbox = tokens[index - 2]?.type === "list_item_open" && text?.type === "text" && CHECKBOX.exec(text.content);
    if (!checkbox) continue;
    text.content = text.content.slice(checkbox[0].length);
    const input = new Token("html_inline", "", 0);
    input.content = `<input type="checkbox" aria-label="Ticked" disabled${checkbox[1] === " " ? "" : " checked"}>`;
    children?.unshift(input);
  }
}

/** The Content-Security-Policy forbids style attributes, so table cells get `align` instead. */
function alignByAttribute({ tokens }: StateCore): void {
  for (const token of tokens) {
    const style = token.attrGet("style");
    if (style) token.attrs = [["align", String(style).replace("text-align:", "")]];
  }
}
