import { type RefObject, useEffect, useRef, useState } from "react";

/** Whether a field was edited since the form was last submitted. A response must not discard such input. */
export function useEditedSinceSubmit(form: RefObject<HTMLFormElement | null>): RefObject<boolean> {
  const isEdited = useRef(false);
  useEffect(() => {
    const element = form.current;
    const edit = () => {
      isEdited.current = true;
    };
    const submit = () => {
      isEdited.current = false;
    };
    element?.addEventListener("input", edit);
    element?.addEventListener("submit", submit);
    return () => {
      element?.removeEventListener("input", edit);
      element?.removeEventListener("submit", submit);
    };
  }, [form]);
  return isEdited;
}

/** A React key for fields whose default values derive from `value`. It changes with `value`, unless a field was edited since the form was submitted. */
export function useFieldsKey(form: RefObject<HTMLFormElement | null>, value: string | undefined): number {
  const isEdited = useEditedSinceSubmit(form);
  const [state, setState] = useState({ value, key: 0 });
  useEffect(() => {
    setState((before) => (before.value === value ? before : { value, key: isEdited.current ? before.key : before.key + 1 }));
  }, [value, isEdited]);
  return state.key;
}
