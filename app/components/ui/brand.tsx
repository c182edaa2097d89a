import { Check } from "lucide-react";

export function Brand() {
  return (
    <span className="flex items-center gap-2.5 text-base font-[650] tracking-[-0.01em]">
      <span className="grid size-[22px] place-items-center rounded-[7px] bg-accent text-on-accent">
        <Check aria-hidden="true" size={14} strokeWidth={3} />
      </span>
      Doable
    </span>
  );
}
