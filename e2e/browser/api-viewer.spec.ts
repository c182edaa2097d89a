import { newPerson } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

// On a narrow screen its contents fold into a menu of its own.
test.use({ viewport: { width: 1280, height: 720 } });

test("Redoc draws the API under our own policy, from our own address, with commands that name the reader", async ({
  page,
  context,
  server,
}) => {
  const { id, cookie } = await newPerson(server);
  for (const pair of cookie.split("; ")) {
    const [name = "", ...value] = pair.split("=");
    await context.addCookies([{ name, value: value.join("="), url: server.url }]);
  }
  const elsewhere: string[] = [];
  page.on("requestfinished", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== server.url) elsewhere.push(request.url());
  });
  const broken: string[] = [];
  await page.exposeFunction("complain", (directive: string) => broken.push(directive));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => Reflect.get(window, "complain")(effectiveDirective));
  });

  await page.goto("/api/docs");
  await page.getByRole("link", { name: "in Redoc" }).click();
  await expect(page.getByText(`You are ${id}`)).toBeVisible();
  await page.getByRole("link", { name: "Tasks", exact: true }).first().click();
  await page.getByRole("link", { name: "Add a task POST" }).click();
  await expect(page.getByText(`${server.url}/api/${id}/tasks`).first()).toBeVisible();
  // What it loses to the policy is its maker's mark, a font of marks, and the colours of code.
  for (const directive of ["script-src-elem", "style-src-elem", "connect-src", "worker-src", "frame-src"]) {
    expect(broken).not.toContain(directive);
  }
  expect(elsewhere).toEqual([]);
});
