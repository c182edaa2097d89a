export type Alphabet = "latin" | "other";

/** `undefined` for a key that is no letter. */
export function alphabetOf(key: string): Alphabet | undefined {
  if (!/^\p{L}$/u.test(key)) return undefined;
  return /^\p{Script=Latin}$/u.test(key) ? "latin" : "other";
}

/**
 * The key's name in shortcuts: its character, or, on layouts without Latin letters, the character that a US keyboard has in its
 * place. Such layouts also have punctuation in places of letters, as Greek has `;` in the place of Q: `alphabet` is that of the last
 * letter that was typed, if any. Caps Lock has no effect: only Shift makes a letter upper-case.
 */
export function shortcutKey({ key, code, shiftKey }: Pick<KeyboardEvent, "key" | "code" | "shiftKey">, alphabet?: Alphabet): string {
  const own = alphabetOf(key);
  if (own === "latin") return withCase(key, shiftKey);
  const isFound = !/^.$/u.test(key) || key === "/" || key === "?" || (own ?? alphabet) === "latin";
  const letter = isFound ? undefined : /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return withCase(letter, shiftKey);
  return own === "other" && code === "Slash" ? (shiftKey ? "?" : "/") : key;
}

function withCase(letter: string, isUpper: boolean): string {
  return isUpper ? letter.toUpperCase() : letter.toLowerCase();
}
