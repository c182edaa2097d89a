import { type DOMWindow, JSDOM, VirtualConsole } from "jsdom";
import { type ChosenFile, type ChosenFiles, type Submission, submissionOf } from "./submission.ts";
import { closePopovers, togglePopover } from "./visibility.ts";

const SUBMITTERS = "button:not([type]), button[type=submit], input[type=submit]";

/** A page as the server sent it, and what a browser without scripts does in it between two requests. */
export class LoadedPage {
  readonly html: string;
  readonly document: Document;
  readonly #window: DOMWindow;
  readonly #files: ChosenFiles = new WeakMap();
  #asked: (() => Promise<Submission>) | undefined;
  #hasRefused = false;

  constructor(html: string, url = "about:blank") {
    this.html = html;
    this.#window = new JSDOM(html, { url, contentType: "text/html", virtualConsole: new VirtualConsole() }).window;
    this.document = this.#window.document;
    this.document.addEventListener("submit", (event) => this.#submitted(event));
    this.document.addEventListener("invalid", ({ target }) => this.#refused(target as HTMLElement), { capture: true });
    this.document.addEventListener("click", (event) => this.#clicked(event));
    (this.document.querySelector("[autofocus]") as HTMLElement | null)?.focus();
  }

  close(): void {
    this.#window.close();
  }

  /** `undefined` if the click causes no request. */
  click(element: HTMLElement): Promise<Submission> | undefined {
    return this.#asking(() => element.click());
  }

  /** Enter in a field activates the form's first button (HTML, section 4.10.22.2). */
  press(key: string, element: HTMLElement): Promise<Submission> | undefined {
    if (key === "Escape") {
      closePopovers(this.document);
      return undefined;
    }
    if (key !== "Enter") throw new Error(`without scripts nothing is known of the key ${key}`);
    const { form } = element as HTMLInputElement;
    if (!form || element.matches(SUBMITTERS)) return this.click(element);
    const button = [...form.elements].find((field) => field.matches(SUBMITTERS)) as HTMLElement | undefined;
    return button ? this.click(button) : this.#asking(() => form.requestSubmit());
  }

  /** jsdom's own field stays empty, so its validity is not checked. */
  chooseFiles(field: HTMLInputElement, files: ChosenFile[]): void {
    this.#files.set(field, files);
    field.required = false;
  }

  #asking(act: () => void): Promise<Submission> | undefined {
    this.#asked = undefined;
    this.#hasRefused = false;
    act();
    return this.#take();
  }

  #take(): Promise<Submission> | undefined {
    return this.#asked?.();
  }

  #submitted(event: Event): void {
    event.preventDefault();
    const { target, submitter } = event as SubmitEvent;
    this.#asked = () => submissionOf(target as HTMLFormElement, submitter, this.#files);
  }

  /** A form with an invalid field is not submitted; the first invalid field gets the focus. */
  #refused(field: HTMLElement): void {
    if (!this.#hasRefused) field.focus();
    this.#hasRefused = true;
  }

  #clicked(event: Event): void {
    const at = event.target as Element;
    const summary = at.closest("summary");
    if (summary && !at.closest("a, button, input")) {
      summary.parentElement?.toggleAttribute("open");
      event.preventDefault();
    }
    const link = at.closest<HTMLAnchorElement>("a[href]");
    if (link) {
      event.preventDefault();
      this.#asked = async () => ({ url: link.href, method: "GET" });
    }
    const popover = at.closest("button")?.getAttribute("popovertarget");
    const target = popover && this.document.getElementById(popover);
    if (target) togglePopover(target);
  }
}
