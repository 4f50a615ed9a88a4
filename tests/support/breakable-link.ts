import { connect, createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** A way to a server that can be cut (connections end, new ones are refused), left hanging (bytes stop), and mended. */
export interface BreakableLink {
  port: number;
  cut(): Promise<void>;
  hang(): void;
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a link on loopback to `host:port`. Real bytes to the real server; only the way between fails. */
export async function openLink(target: { host: string; port: number }): Promise<BreakableLink> {
  const pairs = new Set<[Socket, Socket]>();
  let hanging = false;
  const server = createServer((near) => {
    const far = connect(target.port, target.host);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on("error", end).on("close", end);
    near.pipe(far).pipe(near);
    if (hanging) for (const socket of pair) socket.pause();
  });
  const listen = (port: number): Promise<void> => new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", () => resolve()));
  const close = (): Promise<void> => {
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
    return server.listening ? new Promise((resolve) => server.close(() => resolve())) : Promise.resolve();
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    cut: close,
    hang: () => {
      hanging = true;
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    mend: async () => {
      hanging = false;
      for (const pair of pairs) for (const socket of pair) socket.resume();
      if (!server.listening) await listen(port);
    },
    close,
  };
}
