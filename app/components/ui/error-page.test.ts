import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ErrorPage } from "#app/components/ui/error-page.tsx";

test.each([
  [400, "That request can't be read"],
  [403, "This belongs to somebody else"],
  [404, "There is nothing here"],
  [413, "That is too large"],
  [429, "That was too often"],
  [500, "Something went wrong"],
  [503, "Doable can't answer right now"],
])("the page of a %d says what happened and has a link that works without scripts", (status, title) => {
  const page = renderToStaticMarkup(createElement(ErrorPage, { status }));
  expect(page).toContain(`>${title.replace("'", "&#x27;")}</h1>`);
  expect(page).toContain('href="/">Go to your tasks</a>');
  expect(renderToStaticMarkup(createElement(ErrorPage, { status, back: "/settings/data" }))).toContain('href="/settings/data">Go back</a>');
});
