import { type Client, Connection } from "pg";

/** Milliseconds to reach the server. */
const TIMEOUT = 3_000;

/** Members of pg that its types do not declare. */
interface ProtocolClient extends Client {
  processID: number;
  secretKey: number;
  sslNegotiation: string;
}
interface ProtocolConnection extends Connection {
  connect(port: number, host: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

/**
 * Asks the server to cancel the statement that runs on a client's connection, by the protocol's CancelRequest (PostgreSQL,
 * section 55.2.10): a connection pooler passes it on, and the process id of `pg_cancel_backend()` would be another client's there.
 * Resolves once the server has taken the request, or can't be reached.
 */
export function cancelStatement(client: Client): Promise<void> {
  const { host, port, ssl, sslNegotiation, processID, secretKey } = client as ProtocolClient;
  const connection = new Connection({ ssl, sslNegotiation } as never) as ProtocolConnection;
  const timer = setTimeout(() => connection.stream.destroy(), TIMEOUT);
  return new Promise((resolve) => {
    const send = () => connection.cancel(processID, secretKey);
    const requestSsl = () => sslNegotiation !== "direct" && connection.requestSsl();
    connection.on("connect", ssl ? requestSsl : send);
    connection.on("sslconnect", send);
    connection.on("error", () => connection.stream.destroy());
    // The server closes the connection without an answer.
    connection.on("end", () => {
      clearTimeout(timer);
      resolve();
    });
    if (host.startsWith("/")) connection.connect(`${host}/.s.PGSQL.${port}` as never, undefined as never);
    else connection.connect(port, host);
  });
}
