import { Form } from "react-router";

/** The days are in words, in the user's time zone. */
export interface AccessKeyView {
  id: string;
  name: string;
  scopes: string[];
  created: string;
  expires: string | null;
  isExpired: boolean;
  lastUsed: string | null;
}

export function AccessKeyRow({ accessKey: { id, name, scopes, created, expires, isExpired, lastUsed } }: { accessKey: AccessKeyView }) {
  return (
    <li className="flex items-center gap-3 border-b border-line py-2.5 pl-0.5">
      <div className="min-w-0 flex-1">
        <p className="font-[480] break-words">{name}</p>
        <p className="mt-px flex flex-wrap gap-x-3 text-[13px] text-ink-2">
          <span>{scopes.join(" ")}</span>
          <span>Made {inSentence(created)}</span>
          <span className={isExpired ? "text-late" : ""}>
            {isExpired ? "Expired" : "Expires"} {inSentence(expires ?? "never")}
          </span>
          <span>{lastUsed ? `Last used ${inSentence(lastUsed)}` : "Never used"}</span>
        </p>
      </div>
      <Form method="post">
        <input type="hidden" name="id" value={id} />
        <button type="submit" name="intent" value="revoke" aria-label={`Revoke: ${name}`} className="button-quiet hover:text-late">
          Revoke
        </button>
      </Form>
    </li>
  );
}

/** Within a sentence "Today" is lowercase, a weekday is not. */
function inSentence(day: string): string {
  return /^(Today|Tomorrow|Yesterday)$/.test(day) ? day.toLowerCase() : day;
}
