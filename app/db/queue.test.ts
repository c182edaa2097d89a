import { expect, test } from "vitest";
import { queuesByKey } from "#app/db/queue.ts";
import { isUnavailable, Overloaded } from "#app/db/unavailable.ts";

/** Work that says when it begins, and ends when it is told to. */
function pieces() {
  const begun: string[] = [];
  const end = new Map<string, () => void>();
  const piece = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => end.set(name, () => resolve(name)));
  };
  return { begun, end: (name: string) => end.get(name)?.(), piece };
}

test("work of one key runs in the order of asking, as much of it at once as may", async () => {
  const queues = queuesByKey({ atOnce: 2, mostWaiting: 9 });
  const { begun, end, piece } = pieces();
  const done = ["1", "2", "3", "4"].map((name) => queues.run("a", piece(name)));
  expect(begun).toEqual(["1", "2"]);
  end("2");
  expect(await done[1]).toBe("2");
  expect(begun).toEqual(["1", "2", "3"]);
  for (const name of ["1", "3", "4"]) {
    end(name);
    expect(await done[Number(name) - 1]).toBe(name);
  }
});

test("work of another key does not wait for it", async () => {
  const queues = queuesByKey({ atOnce: 1, mostWaiting: 9 });
  const { begun, end, piece } = pieces();
  const done = [queues.run("a", piece("a")), queues.run("a", piece("behind a")), queues.run("b", piece("b"))];
  expect(begun).toEqual(["a", "b"]);
  end("b");
  expect(await done[2]).toBe("b");
  expect(begun).toEqual(["a", "b"]);
});

test("work that fails lets the next one begin, and says why it failed", async () => {
  const queues = queuesByKey({ atOnce: 1, mostWaiting: 9 });
  const failing = queues.run("a", () => Promise.reject(new Error("Enough")));
  const next = queues.run("a", async () => "next");
  await expect(failing).rejects.toThrow("Enough");
  expect(await next).toBe("next");
});

test("more than may wait is refused at once as unavailable, and what waits is done", async () => {
  const queues = queuesByKey({ atOnce: 1, mostWaiting: 2 });
  const { begun, end, piece } = pieces();
  const done = ["1", "2", "3"].map((name) => queues.run("a", piece(name)));
  const refusal = await queues.run("a", piece("4")).catch((error) => error);
  expect(refusal).toBeInstanceOf(Overloaded);
  expect(isUnavailable(refusal)).toBe(true);
  for (const name of ["1", "2", "3"]) {
    end(name);
    expect(await done[Number(name) - 1]).toBe(name);
  }
  expect(begun).toEqual(["1", "2", "3"]);
});

test("nothing is kept of a key whose work is done or refused", async () => {
  const queues = queuesByKey({ atOnce: 1, mostWaiting: 0 });
  const { end, piece } = pieces();
  const done = ["a", "b"].map((key) => queues.run(key, piece(key)));
  await expect(queues.run("a", piece("refused"))).rejects.toThrow(Overloaded);
  expect(queues.count()).toBe(2);
  end("a");
  end("b");
  await Promise.all(done);
  expect(queues.count()).toBe(0);
});
