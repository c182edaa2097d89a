import { Pencil } from "lucide-react";
import { Form, Link } from "react-router";
import { Field } from "#app/components/forms/field.tsx";
import type { LabelCount } from "#app/tasks/labels.ts";

export interface RejectedLabel {
  label: string;
  /** The new name as typed. */
  name: string;
  error: string | undefined;
}

interface LabelRowsProps {
  labels: LabelCount[];
  rejected: RejectedLabel | undefined;
}

export function LabelRows({ labels, rejected }: LabelRowsProps) {
  return (
    <ul className="border-t border-line">
      {labels.map(({ name, openCount }) => (
        <li key={name} className="relative border-b border-line">
          <Link to={`/tasks?${new URLSearchParams({ label: name })}`} className="flex min-h-11 items-center gap-2.5 py-1.5 pr-12 pl-1">
            <span className="min-w-0 flex-1 font-[480] break-words">
              <span className="text-ink-3">#</span>
              {name}
            </span>
            <span className="text-[13px] text-ink-3 tabular-nums">{openCount}</span>
          </Link>
          <LabelForm label={name} rejected={rejected?.label === name ? rejected : undefined} />
        </li>
      ))}
    </ul>
  );
}

function LabelForm({ label, rejected }: { label: string; rejected: RejectedLabel | undefined }) {
  return (
    <details open={rejected ? true : undefined}>
      <summary
        aria-label={`Change label: ${label}`}
        className="absolute top-0 right-0 grid h-11 w-9 list-none place-items-center rounded-lg text-ink-3 hover:text-ink pointer-coarse:w-11 [&::-webkit-details-marker]:hidden"
      >
        <Pencil aria-hidden="true" size={16} strokeWidth={1.75} />
      </summary>
      <Form method="post" preventScrollReset className="flex flex-col gap-3 pt-1 pb-4 lg:flex-row lg:items-start">
        <input type="hidden" name="label" value={label} />
        <div className="flex-1">
          <Field
            label="New name"
            name="name"
            required
            autoComplete="off"
            defaultValue={rejected?.name ?? label}
            hint="On all its tasks. A name that another label has puts both together."
            error={rejected?.error}
          />
        </div>
        <div className="flex gap-2 lg:pt-6">
          <button type="submit" name="intent" value="rename-label" className="button">
            Rename
          </button>
          <button type="submit" name="intent" value="remove-label" formNoValidate className="button-quiet hover:text-late max-lg:ml-auto">
            Delete label, keep its tasks
          </button>
        </div>
      </Form>
    </details>
  );
}
