// The request that a browser builds from a submitted form (HTML, section 4.10.22).

export interface ChosenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export interface Submission {
  url: string;
  method: "GET" | "POST";
  contentType?: string;
  body?: Buffer;
}

/** jsdom can't set the files of a field, so they are stored beside it. */
export type ChosenFiles = WeakMap<Element, ChosenFile[]>;

export async function submissionOf(form: HTMLFormElement, submitter: HTMLElement | null, chosen: ChosenFiles): Promise<Submission> {
  const entries = entriesOf(form, submitter, chosen);
  const own = (name: string) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "";
  const url = new URL(own("action") || form.baseURI, form.baseURI);
  if (own("method").toLowerCase() !== "post") {
    url.search = String(urlEncoded(entries));
    return { url: url.href, method: "GET" };
  }
  const encoded = new Response(own("enctype") === "multipart/form-data" ? multipart(entries) : urlEncoded(entries));
  const body = Buffer.from(await encoded.arrayBuffer());
  return { url: url.href, method: "POST", contentType: encoded.headers.get("Content-Type") ?? "", body };
}

type Entry = [name: string, value: string | ChosenFile];

function entriesOf(form: HTMLFormElement, submitter: HTMLElement | null, chosen: ChosenFiles): Entry[] {
  const { FormData } = form.ownerDocument.defaultView as unknown as { FormData: typeof globalThis.FormData };
  const texts = [...new FormData(form, submitter).entries()].flatMap(([name, value]): Entry[] =>
    typeof value === "string" ? [[crlf(name), crlf(value)]] : [],
  );
  const fields = [...form.elements].filter((field): field is HTMLInputElement => field.matches("input[type=file][name]"));
  const empty = { name: "", mimeType: "application/octet-stream", buffer: Buffer.alloc(0) };
  return [...texts, ...fields.flatMap((field) => (chosen.get(field) ?? [empty]).map((file): Entry => [field.name, file]))];
}

/** Browsers submit every line end as CRLF. */
function crlf(text: string): string {
  return text.replaceAll(/\r\n|\r|\n/g, "\r\n");
}

function urlEncoded(entries: Entry[]): URLSearchParams {
  return new URLSearchParams(entries.map(([name, value]) => [name, typeof value === "string" ? value : value.name]));
}

function multipart(entries: Entry[]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) {
    if (typeof value === "string") data.append(name, value);
    else data.append(name, new File([new Uint8Array(value.buffer)], value.name, { type: value.mimeType }));
  }
  return data;
}
