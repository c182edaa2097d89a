import { expect, test } from "vitest";
import { isUnavailable, Overloaded } from "#app/db/errors.ts";
import { keyedQueues } from "#app/db/queue.ts";

function controlledWork() {
  const started: string[] = [];
  const resolvers = new Map<string, () => void>();
  const work = (name: string) => () => {
    started.push(name);
    return new Promise<string>((resolve) => resolvers.set(name, () => resolve(name)));
  };
  return { started, finish: (name: string) => resolvers.get(name)?.(), work };
}

test("work of one key runs in the order of the calls, up to the limit at once", async () => {
  const queues = keyedQueues({ maxConcurrent: 2, maxWaiting: 9, maxWait: 10_000 });
  const { started, finish, work } = controlledWork();
  const done = ["1", "2", "3", "4"].map((name) => queues.run("a", work(name)));
  expect(started).toEqual(["1", "2"]);
  finish("2");
  expect(await done[1]).toBe("2");
  expect(started).toEqual(["1", "2", "3"]);
  for (const name of ["1", "3", "4"]) {
    finish(name);
    expect(await done[Number(name) - 1]).toBe(name);
  }
});

test("work of different keys does not wait for each other", async () => {
  const queues = keyedQueues({ maxConcurrent: 1, maxWaiting: 9, maxWait: 10_000 });
  const { started, finish, work } = controlledWork();
  const done = [queues.run("a", work("a")), queues.run("a", work("behind a")), queues.run("b", work("b"))];
  expect(started).toEqual(["a", "b"]);
  finish("b");
  expect(await done[2]).toBe("b");
  expect(started).toEqual(["a", "b"]);
});

test("work that fails rejects with its error, and the next one starts", async () => {
  const queues = keyedQueues({ maxConcurrent: 1, maxWaiting: 9, maxWait: 10_000 });
  const failing = queues.run("a", () => Promise.reject(new Error("Enough")));
  const next = queues.run("a", async () => "next");
  await expect(failing).rejects.toThrow("Enough");
  expect(await next).toBe("next");
});

test("a call beyond the limit of waiting ones is rejected as unavailable, and those that wait run", async () => {
  const queues = keyedQueues({ maxConcurrent: 1, maxWaiting: 2, maxWait: 10_000 });
  const { started, finish, work } = controlledWork();
  const done = ["1", "2", "3"].map((name) => queues.run("a", work(name)));
  const rejection = await queues.run("a", work("4")).catch((error) => error);
  expect(rejection).toBeInstanceOf(Overloaded);
  expect(isUnavailable(rejection)).toBe(true);
  for (const name of ["1", "2", "3"]) {
    finish(name);
    expect(await done[Number(name) - 1]).toBe(name);
  }
  expect(started).toEqual(["1", "2", "3"]);
});

test("a call that waits too long is rejected as unavailable, and those behind it keep their order", async () => {
  const queues = keyedQueues({ maxConcurrent: 1, maxWaiting: 9, maxWait: 100 });
  const { started, finish, work } = controlledWork();
  const first = queues.run("a", work("1"));
  const rejection = await queues.run("a", work("2")).catch((error) => error);
  expect(rejection).toBeInstanceOf(Overloaded);
  expect(isUnavailable(rejection)).toBe(true);
  const third = queues.run("a", work("3"));
  finish("1");
  expect(await first).toBe("1");
  finish("3");
  expect(await third).toBe("3");
  expect(started).toEqual(["1", "3"]);
  expect(queues.count()).toBe(0);
});

test("a key whose work is done or rejected takes no memory", async () => {
  const queues = keyedQueues({ maxConcurrent: 1, maxWaiting: 0, maxWait: 10_000 });
  const { finish, work } = controlledWork();
  const done = ["a", "b"].map((key) => queues.run(key, work(key)));
  await expect(queues.run("a", work("refused"))).rejects.toThrow(Overloaded);
  expect(queues.count()).toBe(2);
  finish("a");
  finish("b");
  await Promise.all(done);
  expect(queues.count()).toBe(0);
});
