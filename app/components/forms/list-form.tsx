import { Form } from "react-router";
import { Field } from "#app/components/forms/field.tsx";
import { ListDot } from "#app/components/ui/page-parts.tsx";
import type { FieldErrors } from "#app/http/form.ts";
import { LIST_COLORS } from "#app/lists/list.ts";

interface ListFormProps {
  intent: string;
  submit: string;
  list?: { name: string; color: string | null };
  canRemove?: boolean;
  errors: FieldErrors | undefined;
}

export function ListForm({ intent, submit, list, canRemove = false, errors }: ListFormProps) {
  return (
    <Form method="post" className="mt-2 flex flex-col gap-4 rounded-xl border border-line bg-surface p-4 shadow-raised">
      <Field label="Name" name="name" required maxLength={100} autoComplete="off" defaultValue={list?.name} error={errors?.name} />
      <fieldset>
        <legend className="mb-1 text-[13px] font-medium text-ink-2">Colour</legend>
        <div className="-ml-1.5 grid grid-cols-4 gap-1 lg:flex lg:flex-wrap">
          {LIST_COLORS.map((color) => (
            <label
              key={color}
              className="flex h-9 items-center rounded-lg px-1 text-[13px] text-ink-2 capitalize lg:pr-2.5 has-checked:bg-accent-soft has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:h-11"
            >
              <input type="radio" name="color" value={color} defaultChecked={(list?.color ?? "grey") === color} className="sr-only" />
              <ListDot color={color} />
              {color}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="flex gap-2">
        <button type="submit" name="intent" value={intent} className="button">
          {submit}
        </button>
        {canRemove && (
          <button type="submit" name="intent" value="remove-list" formNoValidate className="button-quiet ml-auto hover:text-late">
            Delete list, keep its tasks
          </button>
        )}
      </div>
    </Form>
  );
}
