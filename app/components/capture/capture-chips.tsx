import { X } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import type { Chip } from "#app/tasks/capture/chips.ts";

/** How long the typing must pause. */
const PAUSE = 150;

/**
 * What the text in the box will be taken to mean, each part with a button that turns it back into words; Escape
 * in the box turns the last one back. What was not shown here is not taken: the form says which text was.
 */
export function CaptureChips({ text, box }: { text: string; box: RefObject<HTMLInputElement | null> }) {
  const [understood, setUnderstood] = useState<Understood>();
  const [rejected, setRejected] = useState<string[]>([]);
  useEffect(() => {
    // The same empty array: another one would run this effect again, for ever.
    if (text === "") return setRejected((before) => (before.length > 0 ? [] : before));
    const outdated = new AbortController();
    const timer = setTimeout(async () => setUnderstood(await understand(text, rejected, outdated.signal)), PAUSE);
    return () => {
      clearTimeout(timer);
      outdated.abort();
    };
  }, [text, rejected]);
  const chips = understood?.text === text ? understood.chips.filter((chip) => !rejected.includes(chip.text)) : [];
  useEffect(() => {
    const input = box.current;
    function rejectLast(event: KeyboardEvent) {
      const last = chips.at(-1);
      if (event.key !== "Escape" || !last) return;
      event.preventDefault();
      setRejected([...rejected, last.text]);
    }
    input?.addEventListener("keydown", rejectLast);
    return () => input?.removeEventListener("keydown", rejectLast);
  });
  return (
    <div className="flex flex-wrap gap-1.5 pt-2 pl-0.5 empty:hidden">
      {understood?.text === text && <input type="hidden" name="captured" value={text} />}
      {rejected.map((one) => (
        <input key={one} type="hidden" name="rejected" value={one} />
      ))}
      {chips.map((chip) => (
        <ChipTag
          key={chip.text}
          chip={chip}
          onReject={() => {
            setRejected([...rejected, chip.text]);
            box.current?.focus();
          }}
        />
      ))}
    </div>
  );
}

/** A part that was understood, and the button that turns it back into words. */
export function ChipTag({ chip: { text, label }, onReject }: { chip: Chip; onReject: () => void }) {
  return (
    <span className="inline-flex h-[26px] items-center gap-1 rounded-[7px] bg-accent-soft pr-0.5 pl-2.5 text-[13px] font-[550] text-accent">
      {label}
      <button
        type="button"
        aria-label={`Keep “${text}” as words`}
        onClick={onReject}
        className="grid size-6 place-items-center rounded-md opacity-70 hover:opacity-100"
      >
        <X aria-hidden="true" size={13} strokeWidth={2.25} />
      </button>
    </span>
  );
}

interface Understood {
  text: string;
  chips: Chip[];
}

/** Asked for past the router, which would ask again after every action. Without an answer there are no chips, and the text is the title. */
async function understand(text: string, rejected: string[], signal: AbortSignal): Promise<Understood | undefined> {
  const search = new URLSearchParams([["text", text], ...rejected.map((one) => ["rejected", one])]);
  try {
    const answer = await fetch(`/capture?${search}`, { signal });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}
