import type { CaptureLanguage, DateOrder } from "#app/context.ts";
import { type Lexeme, lexemesOf } from "#app/tasks/capture/lexemes.ts";
import { VOCABULARIES } from "#app/tasks/capture/words/languages.ts";

export interface Lexicon {
  /** The meanings of phrases by their first word, longest first. */
  byFirstWord: ReadonlyMap<string, readonly Lexeme[]>;
  hourLetters: string;
  /** "d" in "3d". */
  shortUnits: ReadonlyMap<string, Lexeme>;
  dateOrder: DateOrder | undefined;
  dottedOrdinals: boolean;
}

const lexicons = new Map<CaptureLanguage, Lexicon>();

/** English and the language. */
export function lexiconOf(language: CaptureLanguage): Lexicon {
  const known = lexicons.get(language);
  if (known) return known;
  const vocabularies = [...new Set([VOCABULARIES.en, VOCABULARIES[language]])];
  const lexemes = vocabularies.flatMap(lexemesOf);
  const lexicon = {
    byFirstWord: grouped(lexemes),
    shortUnits: new Map(lexemes.filter(({ kind }) => kind === "shortUnit").map((lexeme) => [lexeme.words.join(" "), lexeme])),
    hourLetters: vocabularies.map(({ hourLetter = "" }) => hourLetter).join(""),
    dateOrder: VOCABULARIES[language].dateOrder,
    dottedOrdinals: VOCABULARIES[language].dottedOrdinals ?? false,
  };
  lexicons.set(language, lexicon);
  return lexicon;
}

function grouped(lexemes: Lexeme[]): Map<string, Lexeme[]> {
  const byFirst = Map.groupBy(
    lexemes.filter(({ kind }) => kind !== "shortUnit").toSorted((a, b) => b.words.length - a.words.length),
    ({ words }) => words[0] ?? "",
  );
  return byFirst;
}
