import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { CopyButton } from "#app/components/ui/copy-button.tsx";
import type { FieldReference, OperationReference } from "#app/openapi/reference.ts";

export function ApiOperation({ operation }: { operation: OperationReference }) {
  const { id, method, path, summary, description, needs, command, parameters, body, responses } = operation;
  return (
    <article className="border-t border-line py-6">
      <h3 id={id} className="scroll-mt-6 font-[640]">
        {summary}
      </h3>
      <p className="mt-1 font-mono text-[13px] break-words">
        <span className={`font-semibold ${method === "GET" ? "text-accent" : method === "DELETE" ? "text-late" : "text-done"}`}>
          {method}
        </span>{" "}
        {path}
      </p>
      {description && (
        <p className="mt-2 max-w-[68ch] text-pretty text-ink-2">
          <TextWithCode text={description} />
        </p>
      )}
      <div className="mt-3">
        <CommandLine text={command} what={summary} />
      </div>
      <div className="mt-2">
        <Fields title="Parameters" fields={parameters} />
        <Fields title="Body" fields={body} />
        <Collapsible title="Answers" count={responses.length}>
          {responses.map(({ status, text }) => (
            <Row key={status} name={status}>
              <TextWithCode text={text} />
            </Row>
          ))}
        </Collapsible>
      </div>
      <p className="mt-2 text-[13px] text-ink-2">
        Needs <code className="font-mono">{needs}</code>
      </p>
    </article>
  );
}

function Fields({ title, fields }: { title: string; fields: FieldReference[] }) {
  if (fields.length === 0) return null;
  return (
    <Collapsible title={title} count={fields.length}>
      {fields.map(({ name, type, isRequired, description }) => (
        <Row key={name} name={name} note={isRequired ? "required" : undefined}>
          <span className="font-mono text-[13px] text-ink-2">{type}</span>
          {description && (
            <span className="block text-pretty">
              <TextWithCode text={description} />
            </span>
          )}
        </Row>
      ))}
    </Collapsible>
  );
}

function Collapsible({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <details className="group/fold">
      <summary className="inline-flex min-h-9 list-none items-center gap-1.5 rounded-md pr-2 text-sm font-medium text-ink-2 hover:text-ink pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" size={15} className="text-ink-3 transition-transform duration-150 group-open/fold:rotate-90" />
        {title} <span className="font-normal text-ink-3 tabular-nums">{count}</span>
      </summary>
      <dl className="mb-3 ml-[7px] border-l border-line pl-4 text-sm">{children}</dl>
    </details>
  );
}

function Row({ name, note, children }: { name: string; note?: string | undefined; children: ReactNode }) {
  return (
    <div className="gap-x-4 py-1.5 desk:grid desk:grid-cols-[minmax(8.5rem,auto)_minmax(0,1fr)]">
      <dt className="font-mono text-[13px] leading-[22px] font-medium break-words">
        {name}
        {note && (
          <span className="ml-1.5 font-sans font-normal text-ink-3 desk:ml-0 desk:block desk:text-xs desk:leading-none">{note}</span>
        )}
      </dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

export function TextWithCode({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text keep their order.
      <code key={index} className="rounded-[5px] border border-line bg-sunken px-1 py-px font-mono text-[0.87em]">
        {part}
      </code>
    ) : (
      part
    ),
  );
}

/** `what` names the copy button. */
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
