import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

const LOOKS = {
  button: "button",
  "button-quiet": "button-quiet",
  small:
    "m-1 inline-flex h-9 items-center gap-1.5 rounded-md px-2.5 text-[13px] font-medium text-ink-2 transition-colors duration-150 hover:bg-surface hover:text-ink pointer-coarse:h-11",
};

interface CopyButtonProps {
  text: string;
  label: string;
  /** Read by screen readers only: which text, on a page with several of these buttons. */
  subject?: string;
  look: keyof typeof LOOKS;
}

/** Rendered only where scripts can write to the clipboard. */
export function CopyButton({ text, label, subject, look }: CopyButtonProps) {
  const [canCopy, setCanCopy] = useState(false);
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => setCanCopy(navigator.clipboard !== undefined), []);
  if (!canCopy) return null;
  async function copy() {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
  }
  return (
    <button type="button" className={`${LOOKS[look]} flex-none`} onClick={copy}>
      {isCopied ? <Check aria-hidden="true" size={16} /> : <Copy aria-hidden="true" size={16} />}
      <span aria-live="polite">{isCopied ? "Copied" : label}</span>
      {subject && <span className="sr-only">{subject}</span>}
    </button>
  );
}
