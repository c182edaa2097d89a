import { Readable } from "node:stream";
import type { APIResponse } from "@playwright/test";
import type { Submission } from "./submission.ts";

interface Answered {
  url(): string;
  status(): number;
  request(): { method(): string };
}

interface Download {
  suggestedFilename(): string;
  createReadStream(): Promise<Readable>;
}

/** Pending waits for the outcome of the next click. */
export class Waiting {
  readonly #responses: ((answered: Answered) => boolean)[] = [];
  readonly #downloads: ((download: Download) => void)[] = [];

  response(isWanted: (answered: Answered) => boolean): Promise<Answered> {
    return new Promise((resolve) => {
      this.#responses.push((answered) => {
        const is = isWanted(answered);
        if (is) resolve(answered);
        return is;
      });
    });
  }

  download(): Promise<Download> {
    return new Promise((resolve) => this.#downloads.push(resolve));
  }

  answered(answer: APIResponse, { method }: Submission): void {
    const answered = { url: () => answer.url(), status: () => answer.status(), request: () => ({ method: () => method }) };
    for (const [index, tell] of [...this.#responses.entries()].reverse()) if (tell(answered)) this.#responses.splice(index, 1);
  }

  /** True for a download, which also resolves the pending waits for one. */
  async saved(answer: APIResponse): Promise<boolean> {
    const name = /^attachment;.*filename="?([^";]+)/.exec(answer.headers()["content-disposition"] ?? "")?.[1];
    if (name === undefined) return false;
    const body = await answer.body();
    const download = { suggestedFilename: () => name, createReadStream: async () => Readable.from(body) };
    for (const tell of this.#downloads.splice(0)) tell(download);
    return true;
  }
}
