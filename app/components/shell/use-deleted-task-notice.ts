import { useEffect } from "react";
import { useLocation, useNavigate } from "react-router";
import { after } from "#app/components/ui/flash.ts";

/** Says that the task to be edited is there no more; but where its editor stands open, what was typed in it may still be saved. */
export function useGoneTask(isGone: boolean): void {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  useEffect(() => {
    if (!isGone) return;
    const address = new URL(pathname + search, window.location.origin);
    const editor = document.getElementById(`task-${address.searchParams.get("edit")}`);
    if (!editor) void navigate(after(address, "gone"), { replace: true, preventScrollReset: true });
  }, [isGone, pathname, search, navigate]);
}
