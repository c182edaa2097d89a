const SHORTCUTS = [
  ["q", "Add a task"],
  ["Ctrl K  ⌘ K", "Search or jump to…"],
  ["/", "Search"],
  ["j  k", "Down, up"],
  ["x  Shift X", "Select, up to here"],
  ["Shift J  Shift K", "Select down, up"],
  ["c", "Complete, or open again"],
  ["e  Enter", "Open"],
  ["d", "Due date"],
  ["p", "Priority"],
  ["l", "Labels"],
  ["m", "Move to a list"],
  ["Alt ↑  Alt ↓", "Move up, down"],
  ["Delete", "To the trash"],
  ["z", "Undo your last change"],
  ["g t", "Today"],
  ["g u", "Upcoming"],
  ["g i", "Inbox"],
  ["g a", "All tasks"],
  ["?", "These keys"],
];

/** Always mounted, so that `openShortcutsDialog` finds it. */
export function ShortcutsDialog() {
  return (
    <dialog
      id="keys"
      aria-labelledby="keys-heading"
      className="m-auto w-96 rounded-2xl border border-line bg-surface p-5 text-ink shadow-raised backdrop:bg-black/40"
    >
      <h2 id="keys-heading" className="mb-3 text-base font-[640]">
        Keys
      </h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2 text-sm">
        {SHORTCUTS.map(([key, action]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="rounded-md border border-line bg-sunken px-1.5 py-0.5 font-sans text-[13px] whitespace-pre">{key}</kbd>
            </dt>
            <dd className="text-ink-2">{action}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-[13px] text-ink-2">While tasks are selected, c, d, p, l, m and Delete act on all of them.</p>
      <form method="dialog" className="mt-4 flex justify-end">
        <button type="submit" className="button-quiet">
          Close
        </button>
      </form>
    </dialog>
  );
}

export function openShortcutsDialog(): void {
  document.querySelector<HTMLDialogElement>("dialog#keys")?.showModal();
}
