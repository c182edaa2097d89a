/** The most that a parser is given. Beyond it a body is refused unparsed: many small parts cost far more than their bytes. */
export interface JsonBudget {
  values: number;
  depth: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** In words, how a JSON text exceeds its budget; `undefined` if it does not. The text need not be valid. */
export function exceededJsonBudget(bytes: Uint8Array, { values, depth }: JsonBudget): string | undefined {
  let [found, level] = [1, 0];
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    if (byte === QUOTE) index = endOfString(bytes, index);
    else if (byte === COMMA) found++;
    else if (OPENING.has(byte)) [found, level] = [found + 1, level + 1];
    else if (CLOSING.has(byte)) level--;
    if (level > depth) return `must be nested at most ${depth} deep`;
    if (found > values) return `must have at most ${values.toLocaleString("en")} values`;
  }
  return undefined;
}

/** The index of the closing quote of the string that opens at `start`; past the end if there is none. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let index = start + 1; index < bytes.length; index++) {
    if (bytes[index] === QUOTE) return index;
    if (bytes[index] === BACKSLASH) index++;
  }
  return bytes.length;
}

/** An upper bound of how many fields a form has: the pairs of an urlencoded body, or the boundaries of a multipart one. */
export function countFields(bytes: Uint8Array, contentType: string): number {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  // RFC 2046, section 5.1.1: each delimiter begins with a line break, except the first.
  return 1 + count(bytes, boundary ? `\r\n--${boundary}` : "&");
}

function count(bytes: Uint8Array, text: string): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let found = 0;
  for (let index = buffer.indexOf(text); index !== -1; index = buffer.indexOf(text, index + text.length)) found++;
  return found;
}
