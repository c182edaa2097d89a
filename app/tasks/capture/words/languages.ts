import type { CaptureLanguage } from "#app/context.ts";
import { GERMAN } from "#app/tasks/capture/words/de.ts";
import { ENGLISH } from "#app/tasks/capture/words/en.ts";
import { SPANISH } from "#app/tasks/capture/words/es.ts";
import { FRENCH } from "#app/tasks/capture/words/fr.ts";
import { ITALIAN } from "#app/tasks/capture/words/it.ts";
import { DUTCH } from "#app/tasks/capture/words/nl.ts";
import { PORTUGUESE } from "#app/tasks/capture/words/pt.ts";
import type { Vocabulary } from "#app/tasks/capture/words/vocabulary.ts";

export const VOCABULARIES: Record<CaptureLanguage, Vocabulary> = {
  en: ENGLISH,
  de: GERMAN,
  fr: FRENCH,
  es: SPANISH,
  it: ITALIAN,
  pt: PORTUGUESE,
  nl: DUTCH,
};
