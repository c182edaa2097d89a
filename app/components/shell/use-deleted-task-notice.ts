import { useEffect } from "react";
import { useLocation, useNavigate } from "react-router";
import { withFlash } from "#app/components/ui/flash.ts";

/** Reports that the task named by `edit` in the address is deleted, unless its editor is open: its values can still be saved. */
export function useDeletedTaskNotice(isDeleted: boolean): void {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  useEffect(() => {
    if (!isDeleted) return;
    const address = new URL(pathname + search, window.location.origin);
    const editor = document.getElementById(`task-${address.searchParams.get("edit")}`);
    if (!editor) void navigate(withFlash(address, "gone"), { replace: true, preventScrollReset: true });
  }, [isDeleted, pathname, search, navigate]);
}
