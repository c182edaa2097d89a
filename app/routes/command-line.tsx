import { CopyButton } from "#app/components/ui/copy-button.tsx";

/** Something to paste into a terminal. `what` says what it does. */
export function CommandLine({ text, what }: { text: string; what: string }) {
  return (
    <div className="flex flex-wrap items-start justify-end rounded-lg border border-line bg-sunken">
      <pre className="min-w-0 flex-[1_1_16rem] px-3.5 py-3 font-mono text-[13px] leading-normal break-words whitespace-pre-wrap">
        <code>{text}</code>
      </pre>
      <CopyButton text={text} label="Copy" subject={what} look="small" />
    </div>
  );
}
