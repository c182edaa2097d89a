import { X } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import type { Chip } from "#app/tasks/capture/chips.ts";

/** Milliseconds. */
const DEBOUNCE = 150;

/**
 * What the server recognized in the text, each part with a button that turns it back into words; Escape in the box does that to
 * the last one. The hidden field `captured` is the text whose chips were shown: the server applies no others.
 */
export function CaptureChips({ text, box }: { text: string; box: RefObject<HTMLInputElement | null> }) {
  const [recognized, setRecognized] = useState<Recognized>();
  const [rejected, setRejected] = useState<string[]>([]);
  useEffect(() => {
    // Keeps an empty array's identity: a new one would run this effect again, endlessly.
    if (text === "") return setRejected((before) => (before.length > 0 ? [] : before));
    const pending = new AbortController();
    const timer = setTimeout(async () => setRecognized(await recognize(text, rejected, pending.signal)), DEBOUNCE);
    return () => {
      clearTimeout(timer);
      pending.abort();
    };
  }, [text, rejected]);
  const chips = recognized?.text === text ? recognized.chips.filter((chip) => !rejected.includes(chip.text)) : [];
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
      {recognized?.text === text && <input type="hidden" name="captured" value={text} />}
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

interface Recognized {
  text: string;
  chips: Chip[];
}

/** Uses `fetch`, because the router would load a fetcher's data again after every action. If it fails there are no chips, and the text is the title. */
async function recognize(text: string, rejected: string[], signal: AbortSignal): Promise<Recognized | undefined> {
  const search = new URLSearchParams([["text", text], ...rejected.map((one) => ["rejected", one])]);
  try {
    const response = await fetch(`/capture?${search}`, { signal });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
