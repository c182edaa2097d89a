import { CalendarDays, Check, Flag, Folder, type LucideIcon, Tag, Trash2, X } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { Form, useLocation } from "react-router";
import { DayItems } from "#app/components/forms/day-items.tsx";
import { usePendingForms } from "#app/components/forms/use-pending-forms.ts";
import { clearSelection, moveFocusToRow, SELECTION } from "#app/components/selection/selection.ts";
import { useLists } from "#app/components/ui/layout-data.ts";
import { useNotifications } from "#app/components/ui/notifications.ts";
import { ListDot } from "#app/components/ui/page-parts.tsx";
import { closePopovers } from "#app/components/ui/popovers.ts";
import { usePrevious } from "#app/components/ui/use-previous.ts";

/**
 * The bulk form for the selected tasks. The checkboxes of all rows belong to it by their `form` attribute; app.css shows it while
 * one is checked, and counts them.
 */
export function SelectionBar() {
  const { pathname, search } = useLocation();
  const form = useRef<HTMLFormElement>(null);
  useClearWhenDone(form);
  return (
    <Form
      ref={form}
      id={SELECTION}
      method="post"
      action={pathname + search}
      navigate={false}
      onSubmit={closePopovers}
      onReset={moveFocusToRow}
      aria-label="Selected tasks"
      className="selection-bar"
    >
      <input type="hidden" name="intent" value="bulk" />
      {/* The default button, which Enter in a field presses: the first one of the form. */}
      <button type="submit" name="set" value="" hidden tabIndex={-1} />
      <p className="selection-count" />
      <BarButton value="done" label="Complete" Icon={Check} />
      <Menu id="selection-due" label="Schedule" Icon={CalendarDays}>
        <DayItems />
        <div className="mt-1 flex gap-1.5 border-t border-line p-1.5 pt-2.5">
          <input type="date" name="day" aria-label="Day" min="0001-01-01" max="9999-12-31" className="input h-9 pointer-coarse:h-11" />
          <button type="submit" name="set" value="day" className="button h-9 px-3 pointer-coarse:h-11">
            Set
          </button>
        </div>
      </Menu>
      <Menu id="selection-list" label="List" Icon={Folder}>
        <ListItems />
      </Menu>
      <Menu id="selection-label" label="Label" Icon={Tag}>
        <div className="flex flex-wrap gap-1.5 p-1.5">
          <input
            name="label"
            aria-label="Label to add or remove"
            placeholder="errand"
            maxLength={50}
            pattern="[^,]*"
            autoComplete="off"
            className="input h-9 pointer-coarse:h-11"
          />
          {["Add", "Remove"].map((text) => (
            <button
              key={text}
              type="submit"
              name="set"
              value={text === "Add" ? "label" : "unlabel"}
              className={`${text === "Add" ? "button" : "button-quiet"} h-9 px-3 pointer-coarse:h-11`}
            >
              {text}
            </button>
          ))}
        </div>
      </Menu>
      <Menu id="selection-priority" label="Priority" Icon={Flag}>
        {["None", "Low", "Medium", "High"].map((name, priority) => (
          <button key={name} type="submit" name="set" value={`priority ${priority}`} formNoValidate className="menu-item">
            <span className="box size-4" data-priority={priority} aria-hidden="true" />
            {name}
          </button>
        ))}
      </Menu>
      <BarButton value="trash" label="Delete" Icon={Trash2} />
      <button type="reset" aria-label="Clear the selection" className="selection-button">
        <X aria-hidden="true" size={18} strokeWidth={1.75} />
      </button>
    </Form>
  );
}

function ListItems() {
  return [{ id: "", name: "Inbox", color: null }, ...useLists()].map(({ id, name, color }) => (
    <button key={id} type="submit" name="set" value={`list ${id}`} formNoValidate className="menu-item">
      <ListDot color={color} />
      <span className="truncate">{name}</span>
    </button>
  ));
}

function BarButton({ value, label, Icon }: { value: string; label: string; Icon: LucideIcon }) {
  return (
    <button type="submit" name="set" value={value} formNoValidate className="selection-button">
      <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
      <span className="max-lg:sr-only">{label}</span>
    </button>
  );
}

function Menu({ id, label, Icon, children }: { id: string; label: string; Icon: LucideIcon; children: ReactNode }) {
  return (
    <>
      <button type="button" popoverTarget={id} className="selection-button">
        <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
        <span className="max-lg:sr-only">{label}</span>
      </button>
      <div
        id={id}
        popover="auto"
        className="menu"
        onToggle={({ newState, currentTarget }) => {
          if (newState === "open") currentTarget.querySelector<HTMLElement>("button, input")?.focus();
          else emptyFields(currentTarget);
        }}
      >
        {children}
      </div>
    </>
  );
}

/** Clears the fields of a closed menu, whose values would be submitted with another menu's button. */
function emptyFields(menu: HTMLElement): void {
  for (const field of menu.querySelectorAll("input")) field.value = "";
}

/** Clears the selection after a bulk form succeeded. After a failure it stays, for another try. */
function useClearWhenDone(form: RefObject<HTMLFormElement | null>): void {
  const isPending = usePendingForms().some((sent) => sent.get("intent") === "bulk" && sent.getAll("id").length > 0);
  const wasPending = usePrevious(isPending);
  const { message } = useNotifications();
  useEffect(() => {
    if (wasPending && !isPending && !message?.isPersistent && form.current) clearSelection();
  }, [wasPending, isPending, message, form]);
}
