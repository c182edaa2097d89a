import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";
import { pendingTitles } from "#app/components/task/optimistic.ts";

export function usePendingTitles(parent?: string): string[] {
  return pendingTitles(usePendingForms(), parent);
}

export function PendingRow({ title }: { title: string }) {
  return (
    <li className="flex min-h-11 items-start gap-3 border-b border-line pl-1 text-ink-3">
      <span className="box mt-3 opacity-50" aria-hidden="true" />
      <span className="min-w-0 flex-1 py-2.5 font-[480] text-pretty break-words">{title}</span>
    </li>
  );
}
