import { CalendarArrowUp, CalendarCheck, CalendarDays, CalendarOff, Sofa } from "lucide-react";
import { NEARBY_DAYS } from "#app/tasks/forms/nearby-day.ts";

const ICONS = { today: CalendarCheck, tomorrow: CalendarArrowUp, weekend: Sofa, "next-week": CalendarDays, none: CalendarOff };

const ITEMS = [...NEARBY_DAYS, ["none", "No date"]] as const;

/** Submit buttons of the enclosing bulk form. */
export function DayItems() {
  return ITEMS.map(([name, label]) => {
    const Icon = ICONS[name];
    return (
      <button key={name} type="submit" name="set" value={`due ${name}`} formNoValidate className="menu-item">
        <Icon aria-hidden="true" size={18} strokeWidth={1.75} />
        {label}
      </button>
    );
  });
}
