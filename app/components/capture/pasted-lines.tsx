import { useEffect, useId, useState } from "react";
import { ChipTag } from "#app/components/capture/capture-chips.tsx";
import type { LinePreview } from "#app/tasks/capture/chips.ts";
import { captureLines, MAX_LINES } from "#app/tasks/capture/lines.ts";

interface PastedLinesProps {
  text: string;
  /** Called with the text to put into the capture box. */
  onClose: (text: string) => void;
}

export function PastedLines({ text, onClose }: PastedLinesProps) {
  const { lines, isRecognized, rejected, reject } = usePreview(text);
  const headingId = useId();
  const total = captureLines(text, Number.POSITIVE_INFINITY).length;
  return (
    <fieldset
      aria-labelledby={headingId}
      onKeyDown={(event) => event.key === "Escape" && onClose("")}
      className="min-w-0 rounded-xl border border-accent bg-surface shadow-raised ring-3 ring-accent-soft"
    >
      <input type="hidden" name="lines" value={text} />
      {isRecognized && <input type="hidden" name="captured" value={text} />}
      {rejected.map((one) => (
        <input key={one} type="hidden" name="rejected" value={one} />
      ))}
      <h2 id={headingId} className="px-4 pt-3 text-[13px] font-medium text-ink-2">
        {total > lines.length ? `${total} lines, of which the first ${MAX_LINES} fit at a time` : "One task a line"}
      </h2>
      <Preview lines={lines} onReject={reject} />
      <div className="flex flex-wrap items-center gap-1 border-t border-line p-2">
        {/* biome-ignore lint/a11y/noAutofocus: the user has just asked for this by pasting. */}
        <button type="submit" autoFocus className="button h-9 px-3.5 pointer-coarse:h-11">
          Add {lines.length} tasks
        </button>
        <button type="button" onClick={() => onClose(asOneLine(text))} className="button-quiet h-9 pointer-coarse:h-11">
          As one task
        </button>
        <button type="button" onClick={() => onClose("")} className="button-quiet ml-auto h-9 pointer-coarse:h-11">
          Cancel
        </button>
      </div>
    </fieldset>
  );
}

function Preview({ lines, onReject }: { lines: LinePreview[]; onReject: (line: number, text: string) => void }) {
  return (
    <ol
      // biome-ignore lint/a11y/noNoninteractiveTabindex: so that it can be scrolled by keyboard.
      tabIndex={0}
      aria-label="Tasks to add"
      className="mx-2 my-1.5 max-h-80 overflow-y-auto rounded-lg px-2"
    >
      {lines.map(({ title, parent, chips }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is identified by its position.
        <li key={index} className={`flex items-start gap-2.5 py-1 ${parent === null ? "" : "pl-7.5"}`}>
          <span aria-hidden="true" className={`box mt-[3px] ${parent === null ? "size-4.5" : "size-4"}`} />
          <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
            <span className="min-w-0 break-words">{title}</span>
            {chips.map((chip) => (
              <ChipTag key={chip.text} chip={chip} onReject={() => onReject(index, chip.text)} />
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** The lines with the chips that the server recognizes; without chips until it responds or if it fails. */
function usePreview(text: string) {
  const [recognized, setRecognized] = useState<LinePreview[]>();
  const [rejected, setRejected] = useState<string[]>([]);
  useEffect(() => {
    const pending = new AbortController();
    recognizeLines(text, rejected, pending.signal).then((lines) => !pending.signal.aborted && setRecognized(lines));
    return () => pending.abort();
  }, [text, rejected]);
  return {
    lines: recognized ?? captureLines(text).map((line) => ({ title: line.text, parent: line.parent, chips: [] })),
    isRecognized: recognized !== undefined,
    rejected,
    reject: (line: number, words: string) => setRejected([...rejected, `${line} ${words}`]),
  };
}

async function recognizeLines(text: string, rejected: string[], signal: AbortSignal): Promise<LinePreview[] | undefined> {
  const body = new URLSearchParams([["lines", text], ...rejected.map((one) => ["rejected", one])]);
  try {
    const response = await fetch("/capture", { method: "POST", body, signal });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

/** The text as a one-line input would have pasted it. */
function asOneLine(text: string): string {
  return text.trim().replace(/\s*[\n\r\u2028\u2029]\s*/gu, " ");
}

export function withPasted({ value, selectionStart, selectionEnd }: HTMLInputElement, pasted: string): string {
  return value.slice(0, selectionStart ?? 0) + pasted + value.slice(selectionEnd ?? value.length);
}
