import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

interface Connection {
  responses: Set<ServerResponse>;
  /** Monotonic milliseconds: when it was opened, or its last response was sent. */
  idleSince: number;
  /** At that moment. More by now means that a request has begun to arrive. */
  bytesRead: number;
}

export type Connections = ReturnType<typeof trackConnections>;

/**
 * Follows the connections of a server that has not begun to listen. Node's own `closeIdleConnections()` closes a connection as soon
 * as its response has ended, which loses what was not sent yet, and resets a client that is about to send its next request.
 */
export function trackConnections(server: Server) {
  const connections = new Map<Socket, Connection>();

  server.on("connection", (socket) => {
    connections.set(socket, { responses: new Set(), idleSince: performance.now(), bytesRead: 0 });
    socket.once("close", () => connections.delete(socket));
  });
  server.prependListener("request", ({ socket }, response) => {
    const connection = connections.get(socket);
    connection?.responses.add(response);
    response.once("close", () => {
      connection?.responses.delete(response);
      Object.assign(connection ?? {}, { idleSince: performance.now(), bytesRead: socket.bytesRead });
    });
  });

  /** Tells the clients of responses that have not begun to send no further request on their connections. */
  function announceClose(): void {
    for (const { responses } of connections.values()) {
      for (const response of responses) if (!response.headersSent) response.setHeader("Connection", "close");
    }
  }

  /** Closes the connections without a request for at least `milliseconds`. */
  function closeIdle(milliseconds: number): void {
    const idleBefore = performance.now() - milliseconds;
    for (const [socket, { responses, idleSince, bytesRead }] of connections) {
      if (responses.size === 0 && idleSince <= idleBefore && socket.bytesRead === bytesRead) socket.destroySoon();
    }
  }

  return { count: () => connections.size, announceClose, closeIdle };
}
