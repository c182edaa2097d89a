import { redirect } from "react-router";
import { changesOf } from "#app/changes/changes.server.ts";
import { withFlash } from "#app/components/ui/flash.ts";
import type { FlashCode } from "#app/components/ui/flash-texts.ts";
import type { UserRef } from "#app/context.ts";
import { positiveInteger } from "#app/http/form.ts";
import { changeWords, plainText } from "#app/pages/change-words.ts";

/** `redo` undoes a change that is an undo. */
export type UndoIntent = "undo" | "redo" | "undo-last";

/** Redirects with a message that names what was undone or redone, and offers the opposite. */
export async function applyUndoForm(intent: UndoIntent, form: FormData, url: URL, user: UserRef): Promise<Response> {
  const changes = changesOf(user);
  const number = intent === "undo-last" ? await changes.lastOwnChange() : positiveInteger(form, "change");
  if (number === undefined) return redirect(withFlash(url, "nothing-to-undo"));
  // Read first: an undo may delete what the change was about.
  const change = await changes.change(number);
  const undoing = await changes.undoChange(number);
  if (!undoing) return redirect(withFlash(url, await reasonNot(changes, number)));
  const isRedo = intent === "redo";
  const value = shortened(plainText(changeWords(isRedo ? undoing : (change ?? undoing))));
  return redirect(withFlash(url, isRedo ? "redone" : "undone", { change: undoing.changeNumber, value }));
}

async function reasonNot(changes: Pick<ReturnType<typeof changesOf>, "wasUndone" | "isRecent">, number: number): Promise<FlashCode> {
  if (await changes.wasUndone(number)) return "undone-before";
  return (await changes.isRecent(number)) ? "kept" : "undo-over";
}

/** Characters. */
const MAX_LENGTH = 80;

function shortened(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH).toWellFormed()}…` : text;
}
