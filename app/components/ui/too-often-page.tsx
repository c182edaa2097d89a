import { ErrorPage } from "#app/components/ui/error-page.tsx";
import { type TooOften, tooOftenText } from "#app/http/too-often.ts";

/** Fields in which people write, in the order in which their texts are shown. */
const WRITTEN = ["title", "lines", "notes", "name", "label"];

/** After a form was refused: shows what was typed, and can send the same form again. */
export function TooOftenPage({ seconds, fields }: TooOften) {
  const typed = WRITTEN.flatMap((written) => fields.filter(([name, value]) => name === written && value !== ""));
  return (
    <ErrorPage status={429}>
      <p className="text-pretty text-ink-2">
        {tooOftenText(seconds)} {fields.length > 0 && "Nothing was changed, and what you sent is kept on this page."}
      </p>
      {typed.map(([name, value]) => (
        <p
          key={name}
          className="max-h-60 overflow-y-auto rounded-lg border border-line bg-surface px-3 py-2 break-words whitespace-pre-wrap"
        >
          {value}
        </p>
      ))}
      {fields.length === 0 ? (
        <p className="mt-4">
          <a className="button" href="/">
            Go to your tasks
          </a>
        </p>
      ) : (
        // Not the router's form: this page replaced the one that would handle its response.
        <form method="post" className="mt-4">
          {fields.map(([name, value], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a name may come several times, and the list never changes.
            <input key={index} type="hidden" name={name} value={value} />
          ))}
          <button type="submit" className="button">
            Send it again
          </button>
        </form>
      )}
    </ErrorPage>
  );
}
