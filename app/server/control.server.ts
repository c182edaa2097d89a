import { once } from "node:events";
import { chmodSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { backUp } from "#app/db/backup.server.ts";
import { env } from "#app/env.server.ts";
import { log } from "#app/log.server.ts";

// The operator's commands for the process that has the embedded database open, over HTTP on a Unix socket in DATA_DIR.

const COMMANDS: Record<string, (argument: string) => Promise<void>> = { "/backup": backUp };

function socketIn(directory: string): string {
  return join(directory, "control");
}

/** Only the owner of the folder can connect. Returns how to stop. With DATABASE_URL there is nothing to command. */
export async function listenForCommands(): Promise<() => void> {
  if (env.DATABASE_URL) return () => undefined;
  const server = createServer(async (command, response) => {
    const refusal = await perform(command);
    response.writeHead(refusal === undefined ? 204 : 409).end(refusal);
  });
  const socket = socketIn(env.DATA_DIR);
  // Of a process that was killed: this one has locked the folder.
  rmSync(socket, { force: true });
  try {
    server.listen(socket);
    await once(server, "listening");
    chmodSync(socket, 0o600);
  } catch (error) {
    log.warn({ event: "control.unavailable", reason: (error as Error).message }, "db:backup can't be used while this process runs");
  }
  return () => server.close();
}

async function perform(command: IncomingMessage): Promise<string | undefined> {
  try {
    await COMMANDS[command.url ?? ""]?.(await text(command));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Sends a command to the process that has locked the folder. Rejects with its refusal, or if it does not listen. */
export async function sendCommand(directory: string, path: "/backup", argument: string): Promise<void> {
  const command = request({ socketPath: socketIn(directory), path, method: "POST" }).end(argument);
  const [response] = (await once(command, "response")) as [IncomingMessage];
  const refusal = await text(response);
  if (response.statusCode !== 204) throw new Error(refusal);
}
